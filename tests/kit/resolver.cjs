'use strict';
const { existsSync } = require('node:fs');
const { resolve } = require('node:path');

/** Sources import each other as `./name.js`, the name after the build; here they are still `./name.ts`. */
module.exports = (request, options) => {
  if (/^\.\.?\/.*\.js$/.test(request) && !options.basedir.includes('/node_modules/')) {
    const source = resolve(options.basedir, `${request.slice(0, -3)}.ts`);
    if (existsSync(source)) return source;
  }
  return options.defaultResolver(request, options);
};

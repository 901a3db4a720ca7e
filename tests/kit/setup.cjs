'use strict';
// graphql looks at what it does not know far more closely outside production, to tell whether the module is there twice:
// a fifth of the time of a test that walks a schema. It decides as this one module is loaded, which it is here; all else
// runs under the environment that it would have.
const { NODE_ENV } = process.env;
process.env.NODE_ENV = 'production';
require('graphql/jsutils/instanceOf.js');
process.env.NODE_ENV = NODE_ENV;

// Run as a process of its own by browser.ts: the package unpacks into the folder of temporary files, which is given to
// it by TMPDIR. It prints where the browser is. Its libraries (nss and what that needs) are unpacked for a bare machine.
import { fileURLToPath } from 'node:url';
import chromium, { inflate } from '@sparticuz/chromium';

const libraries = fileURLToPath(new URL('../bin/al2023.tar.br', import.meta.resolve('@sparticuz/chromium')));
await inflate(libraries);
process.stdout.write(await chromium.executablePath());

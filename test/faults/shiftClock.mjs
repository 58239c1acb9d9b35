// Loaded into the application by `node --import`: its clock stands as many milliseconds ahead as the file says at the moment. In a module
// of the tests, so that nothing of this is in what ships.
import { readFileSync } from 'node:fs';

const RealDate = Date;
const file = process.env.HENG_TEST_CLOCK_FILE;
let ahead = 0;
const look = () => {
  ahead = Number(readFileSync(file, 'utf8')) || 0;
};
look();
setInterval(look, 20).unref();

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + ahead);
    else super(...given);
  }
  static now() {
    return RealDate.now() + ahead;
  }
};

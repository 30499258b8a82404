import { describeAccountingPackage } from './accounting-package.contract.js';
import { TwinfieldHarness } from './support/twinfield-harness.js';

describeAccountingPackage('Twinfield', () => new TwinfieldHarness());

import type { Answer } from '../../wire/answer.js';
import type { OfficeBooks } from '../books.js';
import type { TwinfieldUser } from '../organisation.js';
import type { XmlElement } from '../rules/xml.js';
import type { SoapFault } from '../soap.js';

/** A call of a service by somebody who may call it. */
export interface ServiceCall {
  readonly user: TwinfieldUser;
  /** Of the header. */
  readonly office: OfficeBooks | null;
  readonly method: XmlElement;
  readonly at: Date;
  /** Only the first half of a batch is to be done. */
  readonly halfway: boolean;
}

export interface Service {
  readonly path: string;
  /** `svc` has another header, and another kind of action. */
  readonly kind: 'asmx' | 'svc';
  /** What `SOAPAction` has to say for a method. */
  readonly action: (method: string) => string;
  /** What is asked for, as logs and faults name it. */
  readonly operation: (method: XmlElement) => string;
  readonly cost: (method: XmlElement) => number;
  readonly needsOffice: (method: XmlElement) => boolean;
  readonly answer: (call: ServiceCall) => Answer;
}

/** Ends a call in a SOAP fault. */
export class ServiceFault extends Error {
  override readonly name = 'ServiceFault';

  constructor(readonly fault: SoapFault) {
    super(fault);
  }
}

/** More lines or objects than the vendor takes: 400 with nothing in it. */
export class TooMuch extends Error {
  override readonly name = 'TooMuch';
}

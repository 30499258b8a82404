import { type PlainDate, plainDateIn } from './plain-date.js';

/** The only way to know what time it is. Rules never hold one: they get a day. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock for tests and the sandbox: stands still until it is moved. */
export class ManualClock implements Clock {
  constructor(private current: Date) {}

  now(): Date {
    return new Date(this.current);
  }

  set(to: Date): void {
    this.current = to;
  }

  advance(milliseconds: number): void {
    this.current = new Date(this.current.getTime() + milliseconds);
  }
}

/** The calendar day it is now for people in the given zone (default: the Netherlands and Belgium). */
export const today = (clock: Clock, timeZone = 'Europe/Amsterdam'): PlainDate => plainDateIn(clock.now(), timeZone);

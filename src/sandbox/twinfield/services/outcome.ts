import type { OfficeBooks } from '../books.js';
import { type TwinfieldUser, officeOf } from '../organisation.js';
import { MESSAGES, type Language, type Message, messageText } from '../rules/messages.js';
import { type XmlElement, textOf } from '../rules/xml.js';

/** Who asks, of which office, and when: what every operation of ProcessXml gets. */
export interface Asked {
  readonly user: TwinfieldUser;
  /** Of the header. Null only for the list of offices. */
  readonly office: OfficeBooks | null;
  readonly at: Date;
}

/** Messages on elements of a request, found while it is looked at. Nothing is done when there are any that count. */
export class Findings {
  private readonly byElement = new Map<XmlElement, Message[]>();

  add(element: XmlElement, ...messages: readonly Message[]): void {
    if (messages.length > 0) this.byElement.set(element, [...(this.byElement.get(element) ?? []), ...messages]);
  }

  get isEmpty(): boolean {
    return this.byElement.size === 0;
  }

  /** Whether something was found in the element or below it. */
  isIn(element: XmlElement): boolean {
    return this.byElement.has(element) || element.children.some((each) => this.isIn(each));
  }

  /**
   * The request given back, as the vendor does with what it refuses: the message on the deepest element it is about, `result="0"` there and on
   * everything above it.
   */
  echo(element: XmlElement, language: Language): XmlElement {
    const found = this.byElement.get(element);
    const attributes: Record<string, string> = { ...element.attributes };
    if (found) Object.assign(attributes, { msgtype: typeOf(found), msg: messageText(found, language) });
    if (this.isIn(element)) attributes['result'] = '0';
    return {
      ...element,
      attributes,
      children: element.children.map((each) => this.echo(each, language)),
    };
  }
}

const typeOf = (messages: readonly Message[]): string => (messages.some(({ type }) => type === 'error') ? 'error' : 'warning');

/** The attributes of an element that is refused with a message. */
export const refusedWith = (message: Message, language: Language): Record<string, string> => ({
  msgtype: message.type,
  msg: messageText([message], language),
  result: '0',
});

/** The office a request is about: `<office>` in it goes before the header's. */
export function officeOfRequest({ user, office }: Asked, element: XmlElement): OfficeBooks | Message {
  const named = textOf(element, 'office');
  if (named === undefined || named === '') return office ?? MESSAGES.noOffice;
  const found = officeOf(user, named);
  if (found) return found;
  return user.organisation.offices.has(named) ? MESSAGES.noAccess : MESSAGES.noOffice;
}

export const isMessage = (value: OfficeBooks | Message): value is Message => 'nl' in value;

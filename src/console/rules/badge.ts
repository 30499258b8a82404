/** What a colour stands for; the words beside it always say the same. */
export type Tone = 'good' | 'attention' | 'bad' | 'quiet';

/** A state in words, with a colour. */
export interface Badge {
  readonly tone: Tone;
  readonly words: string;
}

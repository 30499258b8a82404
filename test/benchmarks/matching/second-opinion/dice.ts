/** Seeded chance: the same seed always throws the same row (mulberry32, Tommy Ettinger, public domain). */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = (seed ^ 0x2f6e2b1) >>> 0;
  }

  /** A number in [0, 1). */
  roll(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  between(low: number, high: number): number {
    return low + Math.floor(this.roll() * (high - low + 1));
  }

  chance(share: number): boolean {
    return this.roll() < share;
  }

  of<T>(list: readonly T[]): T {
    return list[Math.floor(this.roll() * list.length)] as T;
  }

  digits(count: number): string {
    return Array.from({ length: count }, (_, at) => String(this.between(at === 0 ? 1 : 0, 9))).join('');
  }

  /** `count` different members in the order of the list. */
  some<T>(list: readonly T[], count: number): T[] {
    const left = list.map((member, at) => ({ member, at }));
    const taken: { member: T; at: number }[] = [];
    while (taken.length < count && left.length > 0) taken.push(...left.splice(Math.floor(this.roll() * left.length), 1));
    return taken.sort((a, b) => a.at - b.at).map(({ member }) => member);
  }

  /** A key of the table, drawn by its weight. */
  weighted<K extends string>(weights: Readonly<Partial<Record<K, number>>>): K {
    const rows = Object.entries(weights) as [K, number][];
    let point = this.roll() * rows.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [key, weight] of rows) {
      point -= weight;
      if (point < 0) return key;
    }
    return rows[rows.length - 1]![0];
  }
}

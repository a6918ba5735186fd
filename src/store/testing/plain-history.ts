/** What can be undone, as plain values. */
export interface PlainThings {
  readonly labels: readonly string[]
  readonly photos: readonly string[]
  readonly cut: readonly string[]
  readonly told: number | null
}

type UndoArea = 'photos' | 'model'

/** What should be there: things, and before and after of each change; changes of the model leave with it. */
export class PlainHistory {
  things: PlainThings = { labels: [], photos: [], cut: [], told: null }
  past: { part: UndoArea; before: Partial<PlainThings>; after: Partial<PlainThings> }[] = []
  future: typeof this.past = []

  change(part: UndoArea, after: Partial<PlainThings>): void {
    const { labels, photos, cut, told } = this.things
    this.past = [...this.past, { part, before: part === 'photos' ? { labels, photos } : { cut, told }, after }].slice(
      -100,
    )
    this.future = []
    this.things = { ...this.things, ...after }
  }

  undo(): void {
    const step = this.past.pop()
    if (!step) return
    this.things = { ...this.things, ...step.before }
    this.future.push(step)
  }

  redo(): void {
    const step = this.future.pop()
    if (!step) return
    this.things = { ...this.things, ...step.after }
    this.past.push(step)
  }

  openAnother(): void {
    this.things = { ...this.things, cut: [], told: null }
    this.past = this.past.filter(({ part }) => part === 'photos')
    this.future = this.future.filter(({ part }) => part === 'photos')
  }
}

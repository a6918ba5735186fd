/**
 * Brings together the key that takes the first result and the answer to what is typed, whichever of the two is there
 * first: an answer that has come but is not drawn yet counts, too.
 */
export class Answered<Answer, Wish> {
  private answer: { readonly query: string; readonly answer: Answer } | null = null
  private wish: Wish | null = null

  /** Another letter: what was asked before it is not asked any more. */
  typed(): void {
    this.wish = null
  }

  /** An answer has come; gives what waited for it, once. */
  came(query: string, answer: Answer): Wish | null {
    this.answer = { query, answer }
    const { wish } = this
    this.wish = null
    return wish
  }

  /** The answer to this query, if it has come; if not, `came` will give the wish. */
  wanted(query: string, wish: Wish): Answer | null {
    if (this.answer?.query === query) return this.answer.answer
    this.wish = wish
    return null
  }
}

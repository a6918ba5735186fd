/** What is selected on the graph. */
export interface Selection {
  readonly kind: 'node' | 'scope' | 'tensor'
  readonly name: string
}

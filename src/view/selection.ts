/** A node, a group of the view (by its path) or a tensor. */
export interface Selection {
  readonly kind: 'node' | 'scope' | 'tensor'
  readonly name: string
}

export type { Selection } from '../view/types'

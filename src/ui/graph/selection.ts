export type { Selection } from '../../store/selection'

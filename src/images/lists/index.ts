/** Lists that name photos and say their labels or parts; fetched only where there is one. */
export { applyReading } from './apply'
export { examineLists } from './examine'
export { readTable } from './table'

export { freezePointsOf, requireTail } from './find-tail'
export { tuneHead } from './tune-head'
export { tunedModel } from './tuned-model'
export { TrainingKeeper } from './keeper'

export { startHelper, threadsHere } from './start'
export { TailTeam } from './team'

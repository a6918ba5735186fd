// What the benchmark runs, bundled as for the page.
export { fitLinearHead } from '../src/compute/head/linear'
export { synthesise } from '../src/compute/head/synthetic'

import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { registerCommands, runCommand } from '../../store/page/commands'
import { cut } from '../../store/model/cut'
import { freezeNow } from '../../store/model/freeze-points'
import { attempt } from '../../store/page/notices'
import { printGraph } from '../pictures/print'
import { savePicture } from '../pictures/save'
import { drawnModel, useStore } from '../../store/state/state'
import type { DrawnGraph } from '../../store/state/types'
import { select, setChart, setColourBy, setUnfolded, show } from '../../store/graph-view/view'
import { viewWorker } from '../../store/workers/workers'
import { boundaryTexts } from '../../texts/page/boundary'
import { graphTexts } from '../../texts/model/graph'
import { Boundary } from '../boundary/Boundary'
import { lazyPart } from '../boundary/lazy-part'
import { Breadcrumb } from '../breadcrumb/Breadcrumb'
import { DepthChart } from '../chart/DepthChart'
import { GraphView } from '../graph/GraphView'
import type { Covered } from '../graph/types'
import { Inspector } from '../inspector/Inspector'
import { useDescription } from '../inspector/useDescription'
import { GraphSearch } from '../search/GraphSearch'
import { HistoryButtons } from './HistoryButtons'
import styles from './Workbench.module.css'

const { parts } = boundaryTexts

const Palette = lazyPart(parts.palette, 'dialog', () => import('../palette/Palette').then(({ Palette }) => Palette))

const nowhere: readonly string[] = []

/** The graph with what is told of it around it: search, breadcrumb, inspector and chart. */
export function GraphRoom({ graph }: { readonly graph: DrawnGraph }): ReactNode {
  const view = useStore((state) => state.view)
  // While another model is opened, the cut is still that of the one before.
  const cutTensors = useStore((state) => (drawnModel(state) ? state.cut?.summary.tensors : null) ?? nowhere)
  const freeze = useStore((state) => (drawnModel(state) ? freezeNow(state) : null))
  const engine = useMemo(() => viewWorker(), [])
  const [palette, setPalette] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const { description, current } = useDescription(engine, graph.id, graph.complete, view.selected)

  useEffect(
    () =>
      registerCommands({
        find: () => {
          field.current?.focus()
          field.current?.select()
        },
        commands: () => setPalette(true),
        'save-svg': () => attempt(() => savePicture('svg')),
        'save-png': () => attempt(() => savePicture('png')),
        print: () => attempt(printGraph),
      }),
    [],
  )
  const onCut = (tensor: string, add: boolean): void =>
    attempt(() => cut(add && !cutTensors.includes(tensor) ? [...cutTensors, tensor] : [tensor]))
  return (
    <section className={styles.room} aria-label={graphTexts.graph} data-complete={graph.complete}>
      <div className={styles.graph}>
        <div className={styles.top}>
          <div className={styles.search}>
            <GraphSearch
              engine={engine}
              model={graph.id}
              complete={graph.complete}
              field={field}
              onShow={show}
              onCut={(tensor) => onCut(tensor, false)}
              onLeave={() => {
                if (!runCommand('focus-graph')) field.current?.blur()
              }}
            />
          </div>
          <HistoryButtons />
          {view.selected && description && (
            <div className={styles.crumbs}>
              <Breadcrumb crumbs={description.crumbs} here={nameOf(description)} onSelect={show} />
            </div>
          )}
        </div>
        <div className={styles.canvas} data-printed>
          <Boundary what={parts.graph} look="page" resetKey={graph.id}>
            <GraphView
              model={graph.id}
              overview={graph.overview}
              complete={graph.complete}
              engine={engine}
              cut={cutTensors}
              freeze={freeze}
              selected={view.selected}
              unfolded={view.unfolded}
              direction={view.direction}
              constants={view.constants}
              colourBy={view.colourBy}
              {...(view.focus ? { focus: view.focus } : {})}
              covered={underInspector(view.selected !== null)}
              onSelect={select}
              onUnfoldedChange={setUnfolded}
              onCut={onCut}
              onColourBy={setColourBy}
            />
          </Boundary>
        </div>
        {view.selected && description !== undefined && (
          <div className={styles.inspector} role="complementary" aria-label={graphTexts.selection}>
            <Boundary what={parts.details} look="place" resetKey={description}>
              <Inspector
                description={description}
                selected={view.selected}
                current={current}
                complete={graph.complete}
                cut={cutTensors}
                onSelect={show}
                onClose={() => select(null)}
                onCut={onCut}
              />
            </Boundary>
          </div>
        )}
      </div>
      <Boundary what={parts.chart} look="place" resetKey={graph.id}>
        <DepthChart
          engine={engine}
          model={graph.id}
          complete={graph.complete}
          open={view.chart}
          onOpen={setChart}
          onSelect={show}
        />
      </Boundary>
      {palette && <Palette onClose={() => setPalette(false)} />}
    </section>
  )
}

/** What the inspector lies over: as its stylesheet has it. */
const underInspector = (now: boolean): Covered =>
  window.matchMedia('(max-width: 860px)').matches
    ? { left: 0, bottom: 0.46, now }
    : { left: 12 + 22.5 * rootSize(), bottom: 0, now }

const rootSize = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize)

/** What stands at the end of the breadcrumb. */
function nameOf(description: NonNullable<ReturnType<typeof useDescription>['description']>): string {
  const last = (name: string): string => name.slice(name.lastIndexOf('/') + 1)
  return description.kind === 'group' ? description.title : last(description.name)
}

import { ReactFlow, useReactFlow, useStore } from '@xyflow/react'
import { useCallback, useEffect, useMemo, useRef, useState, type MouseEvent, type ReactNode } from 'react'
import { groupId } from '../../layout/grouping'
import { openingView } from '../../layout/opening'
import type { Box, Point } from '../../layout/types'
import { boxTypes, ToggleContext } from './Boxes'
import type { BoxNode } from './boxNodes'
import { Controls } from './Controls'
import { factsOf, itemOf, pathsAround } from './facts'
import styles from './GraphCanvas.module.css'
import type { GraphViewProps } from './GraphView'
import { TensorCard } from './TensorCard'
import { TensorChips } from './TensorChips'
import { unfoldingAll } from './unfoldAll'
import { useArea } from './useArea'
import { useBoxKeys } from './useBoxKeys'
import { useLaidOut } from './useLaidOut'
import { usePlace } from './usePlace'
import { useScene } from './useScene'
import { lineThickness, lowDetail, zoomRange } from './viewport'
import { CutLine, Wires } from './Wires'

/** Where a tensor was picked, so that its card opens there. */
interface Picked {
  readonly tensor: string
  readonly at: Point | null
  readonly byKeyboard: boolean
}

/** The view inside React Flow's provider: puts layout, viewport, boxes, lines and handles together. */
export function GraphCanvas(props: GraphViewProps): ReactNode {
  const { graph, engine, tensors, cut, selected, focus, onSelect, onUnfoldedChange, onCut } = props
  const flow = useReactFlow<BoxNode>()
  const element = useRef<HTMLDivElement>(null)
  const facts = factsOf(graph)
  const overview = useMemo(() => openingView(graph, facts.tree), [graph, facts])
  const unfolded = props.unfolded ?? overview
  const { laid, problem, slow } = useLaidOut(engine, graph, unfolded)
  const { hold, bring, fit } = usePlace(laid)
  const detail = useStore((state) => (state.transform[2] < lowDetail ? 'low' : 'high'))
  const area = useArea()
  const scene = useScene(props, laid, area, detail === 'high')
  const [picked, setPicked] = useState<Picked | null>(null)

  const toggle = useCallback(
    (path: string) => {
      hold(groupId(path))
      const next = new Set(unfolded)
      if (!next.delete(path)) next.add(path)
      onUnfoldedChange(next)
    },
    [unfolded, hold, onUnfoldedChange],
  )

  const pickTensor = useCallback(
    (tensor: string, at: Point | null = null, byKeyboard = false) => {
      setPicked({ tensor, at, byKeyboard })
      onSelect({ kind: 'tensor', name: tensor })
    },
    [onSelect],
  )
  const pickWire = useCallback(
    (tensor: string, { clientX, clientY }: MouseEvent) =>
      pickTensor(tensor, flow.screenToFlowPosition({ x: clientX, y: clientY })),
    [flow, pickTensor],
  )
  const pickChip = useCallback((tensor: string) => pickTensor(tensor), [pickTensor])

  const followed = useRef(0)
  useEffect(() => {
    // Only a new wish moves the view, not a change of what is unfolded.
    if (!focus || focus.sequence === followed.current) return
    followed.current = focus.sequence
    const item = itemOf(facts, focus.selection)
    if (!item) return
    const missing = pathsAround(item).filter((path) => !unfolded.has(path))
    if (missing.length > 0) onUnfoldedChange(new Set([...unfolded, ...missing]))
    bring(item.id)
  }, [focus, facts, unfolded, onUnfoldedChange, bring])

  const { nodes, selectedBox } = scene
  const onKeyDown = useBoxKeys({ element, laid, nodes, selectedBox, bring, toggle, onSelect, pickTensor })
  const unfolding = unfoldingAll(facts, selectedBox)
  const cardAt = selected?.kind === 'tensor' ? cardPlace(selected.name, picked, selectedBox) : null

  return (
    <ToggleContext value={toggle}>
      <div ref={element} className={styles.view} data-detail={detail} onKeyDown={onKeyDown}>
        <ReactFlow<BoxNode>
          nodes={nodes}
          nodeTypes={boxTypes}
          nodesDraggable={false}
          nodesConnectable={false}
          elementsSelectable={false}
          deleteKeyCode={null}
          disableKeyboardA11y
          minZoom={zoomRange.least}
          maxZoom={zoomRange.most}
          panOnScroll
          zoomOnDoubleClick={false}
          aria-label="The graph: Tab walks from box to box, arrow keys follow the data, Enter folds and unfolds"
          onNodeClick={(_, node) => onSelect(asSelection(node.data.box))}
          onNodeDoubleClick={(_, node) => {
            if (node.data.box.kind === 'group') toggle(node.data.box.name)
          }}
          onPaneClick={() => onSelect(null)}
        >
          <Wires
            frames={scene.frames}
            edges={scene.edges}
            lit={scene.lit}
            flat={scene.visible.flat}
            thickness={lineThickness(area?.zoom ?? 1)}
            tensor={selected?.kind === 'tensor' ? selected.name : null}
            cut={cut}
            onPick={pickWire}
          />
          {scene.cutLines.map(({ tensor, box, at }) => (
            <CutLine key={tensor} box={box} at={at} />
          ))}
          <TensorChips
            boxes={scene.chipped}
            tensors={tensors}
            lit={scene.lit}
            tensor={selected?.kind === 'tensor' ? selected.name : null}
            cut={cut}
            onPick={pickChip}
          />
        </ReactFlow>
        {selected?.kind === 'tensor' && cardAt && (
          <TensorCard
            key={selected.name}
            tensor={selected.name}
            summary={tensors.get(selected.name)}
            cut={cut}
            at={cardAt}
            takesFocus={picked?.tensor === selected.name && picked.byKeyboard}
            onCut={onCut}
          />
        )}
        <Controls
          unfoldAll={unfolding}
          onZoom={(factor) => void flow.zoomTo(flow.getZoom() * factor)}
          onFit={fit}
          onUnfoldAll={() => {
            hold(unfolding.inside)
            onUnfoldedChange(new Set([...unfolded, ...unfolding.paths]))
          }}
          onOverview={() => onUnfoldedChange(overview)}
        />
        {(problem !== null || slow) && (
          <p className={styles.note} role="status">
            {problem ? `${problem.message} ${problem.next}` : 'Laying out the graph …'}
          </p>
        )}
      </div>
    </ToggleContext>
  )
}

const asSelection = (box: Box) => ({ kind: box.kind === 'node' ? 'node' : 'scope', name: box.name }) as const

/** Where the card of a tensor opens: where it was clicked, at its handle, or at the box that holds it. */
function cardPlace(tensor: string, picked: Picked | null, box: Box | undefined): Point | null {
  if (picked?.tensor === tensor && picked.at) return picked.at
  if (!box) return null
  const port = box.outputs.find((output) => output.tensor === tensor)
  return port ?? { x: box.x + box.width / 2, y: box.y + (box.unfolded ? 30 : box.height) }
}

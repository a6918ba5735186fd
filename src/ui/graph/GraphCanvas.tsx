import { ReactFlow, useReactFlow, useStore } from '@xyflow/react'
import {
  useCallback,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
  type MouseEvent,
  type ReactNode,
} from 'react'
import { groupId } from '../../layout/group/ids'
import { registerCommands } from '../../store/page/commands'
import { setPictureFills } from '../pictures/look'
import { cutLines, freezeLine } from '../../view/scene/cut-lines'
import { boxTypes, ToggleContext } from './boxes/Boxes'
import { neighboursId, type BoxNode } from './boxes/box-nodes'
import { colouring, pictureFills } from './boxes/colours'
import { Controls } from './viewport/Controls'
import { CutLines } from './lines/CutLines'
import { FrameHeaders } from './boxes/FrameHeaders'
import styles from './GraphCanvas.module.css'
import type { GraphViewProps } from './types'
import { HoverLayer, wireReach } from './lines/HoverLayer'
import { Legend } from './boxes/Legend'
import { lookupsOf } from './lookups'
import { MiniMap } from './viewport/MiniMap'
import { narrowForMap } from './viewport/map-scale'
import { nearestWire } from './lines/near-wire'
import { PickedTensor } from './tensors/PickedTensor'
import { TensorChips } from './tensors/TensorChips'
import { UnfoldDialog } from './unfolding/UnfoldDialog'
import { useArea } from './viewport/useArea'
import { useBoxKeys } from './keyboard/useBoxKeys'
import { useDrawn } from './useDrawn'
import { useEngineScene } from './useEngineScene'
import { useFocusWish } from './viewport/useFocusWish'
import { useGlide } from './viewport/useGlide'
import { useKeepCentre } from './viewport/useKeepCentre'
import { usePicking } from './tensors/usePicking'
import { usePlace } from './viewport/usePlace'
import { useSelectedBox } from './keyboard/useSelectedBox'
import { useUnfolding } from './unfolding/useUnfolding'
import { leastZoom, lineThickness, lowDetail, nothingCovered, seenFrames, zoomRange } from './viewport/viewport'
import { spokenNeighbours } from './keyboard/walk'
import { Wires } from './lines/Wires'

/** How much nearer or further each step of the zoom goes. */
const zoomStep = 1.3
/** A finger is wider than a pointer. */
const fingerReach = 15

/** The view inside React Flow's provider: puts scene, viewport, boxes, lines and handles together. */
export function GraphCanvas(props: GraphViewProps): ReactNode {
  const { model, overview, complete, engine, cut, freeze, selected, direction, colourBy, covered } = props
  const { onSelect, onUnfoldedChange } = props
  const flow = useReactFlow<BoxNode>()
  const element = useRef<HTMLDivElement>(null)
  const opening = useMemo(() => new Set(overview.opening), [overview])
  const unfolded = props.unfolded ?? opening
  const { scene, marks, problem, slow } = useEngineScene(props, unfolded)
  const area = useArea()
  const least = useStore((state) => leastZoom(scene, state))
  const detail = useStore((state) => (state.transform[2] < lowDetail ? 'low' : 'high'))
  const colours = useMemo(
    () => (scene ? colouring(scene, marks, colourBy) : { fills: new Map<string, never>(), scale: null }),
    [scene, marks, colourBy],
  )
  const selectedBox = useSelectedBox(engine, model, scene, selected)
  const tensor = selected?.kind === 'tensor' ? selected.name : null
  const [current, setCurrent] = useState<string | null>(null)
  const drawn = useDrawn({
    ...{ scene, marks, area, colours, cut, freeze, tensor, current },
    legible: detail === 'high',
    selected: tensor === null ? (selectedBox?.id ?? null) : null,
  })
  const glide = useGlide(element, drawn.nodes)
  const [wishedMap, setMap] = useState<boolean | null>(null)
  const roomForMap = useStore((state) => state.width >= narrowForMap)
  const map = wishedMap ?? roomForMap
  useKeepCentre(scene)
  const place = usePlace({ model, scene, unfolded, map, ...(covered ? { covered } : {}) }, glide)
  const { hold, bring, uncover, restore, fit, zoomTo } = place

  const toggle = useCallback(
    (path: string) => {
      hold(groupId(path))
      const next = new Set(unfolded)
      if (!next.delete(path)) next.add(path)
      onUnfoldedChange(next)
    },
    [unfolded, hold, onUnfoldedChange],
  )
  const { picked, pickTensor, pickChip } = usePicking(props, scene)
  const pickWire = ({ clientX, clientY, shiftKey }: MouseEvent): boolean => {
    const at = flow.screenToFlowPosition({ x: clientX, y: clientY })
    const coarse = window.matchMedia('(pointer: coarse)').matches
    const wire = nearestWire(drawn.edges, direction, at, (coarse ? fingerReach : wireReach) / flow.getZoom())
    if (wire) pickChip(wire.tensor, shiftKey, at)
    return wire !== undefined
  }
  const { onKeyDown, focusOn } = useBoxKeys({
    ...{ element, scene, selectedBox, bring, toggle, onSelect, pickTensor },
    nodes: drawn.nodes,
  })
  useFocusWish(props, { unfolded, bring, restore, pickTensor, focusOn, tabTo: setCurrent, element })
  const unfolding = useUnfolding(props, unfolded, selectedBox, hold)

  const besideSelection = useRef(selectedBox)
  useEffect(() => {
    besideSelection.current = selectedBox
  }, [selectedBox])
  const coveredNow = covered?.now ?? false
  useEffect(() => {
    // Only a new selection moves the view, not what becomes of its box.
    if (selected && coveredNow && besideSelection.current) uncover(besideSelection.current)
  }, [selected, coveredNow, uncover])

  const { unfoldAll } = unfolding
  useEffect(
    () =>
      registerCommands({
        fit,
        'zoom-in': () => void flow.zoomTo(flow.getZoom() * zoomStep),
        'zoom-out': () => void flow.zoomTo(flow.getZoom() / zoomStep),
        map: () => setMap(!map),
        'zoom-selection': () => selectedBox && zoomTo(selectedBox),
        'unfold-all': unfoldAll,
        overview: () => onUnfoldedChange(opening),
        'focus-graph': () => {
          const stop = element.current?.querySelector<HTMLElement>('.react-flow__node[tabindex="0"]')
          stop?.focus({ preventScroll: true })
        },
      }),
    [flow, map, fit, zoomTo, selectedBox, unfoldAll, onUnfoldedChange, opening],
  )
  useEffect(() => setPictureFills(pictureFills(colours)), [colours])

  // What only tells of the whole is drawn after what is looked at.
  const settled = useDeferredValue(scene)
  const lines = useMemo(
    () => (scene ? [...cutLines(scene, marks?.lit ?? null, cut), ...freezeLine(scene, freeze)] : []),
    [scene, marks, cut, freeze],
  )
  const stop = drawn.nodes.find((node) => node.data.tabStop)
  const stopBox = scene && stop ? lookupsOf(scene).boxes.get(stop.id) : undefined
  const zoom = area?.zoom ?? 1
  const frames = useMemo(() => seenFrames(drawn.frames, zoom), [drawn.frames, zoom])

  return (
    <ToggleContext value={toggle}>
      <div
        ref={element}
        className={styles.view}
        data-detail={detail}
        data-direction={direction}
        onKeyDown={onKeyDown}
        onFocus={({ target }) => {
          const id = target.closest('.react-flow__node')?.getAttribute('data-id')
          if (id) setCurrent(id)
        }}
      >
        <ReactFlow<BoxNode>
          nodes={drawn.nodes}
          nodeTypes={boxTypes}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          elementsSelectable={false}
          deleteKeyCode={null}
          disableKeyboardA11y
          minZoom={least}
          maxZoom={zoomRange.most}
          panOnScroll
          zoomOnDoubleClick={false}
          aria-label="The graph: arrow keys follow the data, Page Down goes to the next box, Enter folds and unfolds, C picks the tensor"
          onNodeClick={(_, node) => {
            const { kind, name } = node.data.face
            setCurrent(node.id)
            onSelect({ kind: kind === 'node' ? 'node' : 'scope', name })
          }}
          onNodeDoubleClick={(_, { data: { face } }) => {
            if (face.kind === 'group') toggle(face.name)
          }}
          onPaneClick={(event) => {
            if (!pickWire(event)) onSelect(null)
          }}
        >
          <Wires
            boxes={drawn.boxes}
            frames={frames}
            edges={drawn.edges}
            direction={direction}
            lit={drawn.lit}
            flat={drawn.flat}
            thickness={lineThickness(zoom)}
            namesAt={detail === 'low' ? zoom : null}
            tensor={tensor}
            cut={cut}
          />
          <CutLines {...{ lines, direction, map, covered }} thickness={lineThickness(zoom)} />
          <TensorChips
            boxes={drawn.chipped}
            direction={direction}
            lit={drawn.lit}
            tensor={tensor}
            cut={cut}
            onPick={pickChip}
          />
          <FrameHeaders
            frames={drawn.frames}
            flat={drawn.flat}
            covered={covered ?? nothingCovered}
            selected={selectedBox?.id ?? null}
            onSelect={onSelect}
          />
          {scene && (
            <HoverLayer
              {...{ element, scene, engine, model, cut }}
              told={tensor}
              edges={drawn.edges}
              drawn={drawn.nodes}
            />
          )}
        </ReactFlow>
        {tensor !== null && scene && (
          <PickedTensor
            {...{ engine, model, complete, cut, tensor, picked, scene }}
            box={selectedBox}
            covered={covered ?? nothingCovered}
            onCut={props.onCut}
          />
        )}
        {settled && <Legend scene={settled} colourBy={colourBy} colours={colours} onColourBy={props.onColourBy} />}
        {settled && map && <MiniMap scene={settled} onHide={() => setMap(false)} />}
        <Controls {...{ direction, map }} constants={props.constants} group={unfolding.group} />
        <p id={neighboursId} className="visually-hidden">
          {scene && stopBox ? spokenNeighbours(scene, stopBox) : ''}
        </p>
        {unfolding.question && (
          <UnfoldDialog
            {...unfolding.question}
            onUnfold={unfolding.confirm}
            onClose={() => {
              unfolding.close()
              if (selectedBox) focusOn(selectedBox.id)
            }}
          />
        )}
        {(problem !== null || slow) && (
          <p className={styles.note} role="status">
            {problem ? `${problem.message} ${problem.next}` : 'Laying out the graph …'}
          </p>
        )}
      </div>
    </ToggleContext>
  )
}

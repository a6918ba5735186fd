import type { ReactNode } from 'react'
import { denseTexts } from '../../texts/heads/dense'
import { ownTexts as texts } from '../../texts/heads/own'
import { Choice } from '../../ui/heads/Choice'
import { OwnNetworkField } from '../../ui/heads/own/OwnNetworkField'
import { ClipField, EpochsField, PatienceField, RoundFields } from '../../ui/heads/RoundFields'
import type { HeadFieldsProps, HeadPanel } from '../../ui/heads/types'
import { lastLayers, type OwnOptions } from './spec'

/** Heads that are a network of one’s own on screen. */
export const ownPanel: HeadPanel<OwnOptions> = {
  name: texts.name,
  help: texts.help,
  notByItself: texts.notByItself,
  Fields,
  MoreFields,
}

function Fields({ head, onChange }: HeadFieldsProps<OwnOptions>): ReactNode {
  const { network } = head
  return (
    <>
      <OwnNetworkField
        network={network}
        isRenewed={head.lastLayer === 'new'}
        onRenew={() => onChange({ ...head, lastLayer: 'new' })}
      />
      {typeof network?.lastInputs === 'number' && (
        <>
          <Choice
            texts={texts.lastLayer}
            value={head.lastLayer}
            values={lastLayers}
            says={(lastLayer) => texts.lastLayer.names[lastLayer]}
            onChange={(lastLayer) => onChange({ ...head, lastLayer })}
          />
          <Choice
            texts={texts.learns}
            value={head.learns}
            values={['all', 'last'] as const}
            says={(learns) => texts.learns.names[learns]}
            onChange={(learns) => onChange({ ...head, learns })}
          />
        </>
      )}
      <EpochsField head={head} onChange={onChange} />
    </>
  )
}

function MoreFields({ head, onChange }: HeadFieldsProps<OwnOptions>): ReactNode {
  return (
    <>
      <Choice
        texts={texts.pool}
        value={head.pool}
        values={['auto', 'max'] as const}
        says={(pool) => (pool === 'auto' || pool === 'max' ? texts.pool.names[pool] : denseTexts.pool.names[pool])}
        onChange={(pool) => onChange({ ...head, pool })}
      />
      <PatienceField head={head} onChange={onChange} />
      <RoundFields head={head} onChange={onChange} />
      <ClipField head={head} onChange={onChange} />
    </>
  )
}

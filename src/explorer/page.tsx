import { useGraphiQL } from '@graphiql/react';
import type { Fetcher, FetcherParams, Storage } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { useEffect, useRef, useState } from 'react';
import type { ExplorerFacts, Sample, SignedIn } from '../server/explorerFacts.js';
import { type Answer, ask, askAsAnyone, roleIn, type Standing } from './asking.js';
import { ResultBar } from './resultBar.js';
import { StandingBar } from './standingBar.js';

interface Props {
  facts: ExplorerFacts;
  departments: { code: string; name: string }[];
  signedIn: SignedIn | null;
}

const variablesOf = ({ variables }: Sample) => (variables ? JSON.stringify(variables, null, 2) : '');

/** What is asked may name a person, and counters share machines: nothing of it outlives the page. */
function memory(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
    get length() {
      return kept.size;
    },
  };
}

export function Page({ facts, departments, signedIn }: Props) {
  const token = signedIn && 'token' in signedIn ? signedIn.token : '';
  const first = facts.samples[0];
  const [standing, setStanding] = useState<Standing>({
    role: roleIn(token, facts),
    department: departments[0]?.code ?? '',
    subject: facts.subjects[0]?.id ?? '',
    user: '',
    purpose: '',
    caseNo: '',
    token,
    signedIn: token !== '',
  });
  const [sample, setSample] = useState<Sample | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  // GraphiQL asks for the schema again whenever it is given another fetcher, so it keeps this one.
  const now = useRef(standing);
  now.current = standing;
  const [storage] = useState(memory);
  const [fetcher] = useState<Fetcher>(() => async (operation: FetcherParams) => {
    if (operation.operationName === 'IntrospectionQuery') return (await askAsAnyone(operation)).body as never;
    const given = await ask(operation, now.current, facts);
    setAnswer(given);
    return given.body as never;
  });

  const take = (chosen: Sample) => {
    setSample(chosen);
    setStanding((before) => ({
      ...before,
      role: chosen.role,
      department: chosen.department ?? before.department,
      subject: chosen.subject ?? before.subject,
      purpose: chosen.purpose ?? '',
      caseNo: chosen.caseNo ?? '',
    }));
  };

  return (
    <>
      <StandingBar
        facts={facts}
        departments={departments}
        standing={standing}
        onChange={setStanding}
        sample={sample}
        onSample={take}
        failed={signedIn !== null && 'failed' in signedIn}
      />
      <main>
        <GraphiQL
          fetcher={fetcher}
          storage={storage}
          plugins={[]}
          shouldPersistHeaders={false}
          isHeadersEditorEnabled={false}
          forcedTheme="light"
          defaultEditorToolsVisibility="variables"
          initialQuery={first?.query ?? '{ viewer { role may } }'}
          initialVariables={first ? variablesOf(first) : ''}
          {...(facts.introspection ? {} : { schema: null })}
        >
          <GraphiQL.Logo>
            <span className="hub-logo">GraphQL</span>
          </GraphiQL.Logo>
          <GraphiQL.Footer>
            <ResultBar answer={answer} />
          </GraphiQL.Footer>
          <SampleLoader sample={sample} />
        </GraphiQL>
      </main>
    </>
  );
}

/** Puts a chosen sample into GraphiQL's editors, which only its own children reach. */
function SampleLoader({ sample }: { sample: Sample | null }) {
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  useEffect(() => {
    if (!sample) return;
    queryEditor?.setValue(sample.query);
    variableEditor?.setValue(variablesOf(sample));
  }, [sample, queryEditor, variableEditor]);
  return null;
}

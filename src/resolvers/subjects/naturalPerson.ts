import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { mayBeWhole } from '../../permissions/reveal.js';
import { LabelledResolver } from '../../schema/labelled.js';
import { NaturalPerson } from '../../schema/subjects/subject.js';
import { openIdentity } from '../../services/personal.js';
import type { Row } from '../../services/reading/shape.js';
import type { HubContext } from '../context.js';

async function identityOf(person: Row, { actor, loaders, keys }: HubContext) {
  if (!mayBeWhole(actor, 'PERSONAL', person)) return null;
  const sealed = await loaders.identity.load(person.id);
  return sealed && openIdentity(keys, person.id, sealed);
}

@Resolver(() => NaturalPerson)
export class NaturalPersonResolver {
  /** Can't be null, so that what may not be seen whole is masked. */
  @LabelledResolver('PERSONAL', () => String, '姓名 Masked (`张*`) unless the caller may see it whole.')
  async name(@Root() person: Row, @Ctx() context: HubContext): Promise<string> {
    return (await identityOf(person, context))?.name ?? (person.name as string);
  }

  /** Whoever may read the person's row sees the number masked at least (reference.md, Who may). */
  @FieldResolver()
  async citizenId(@Root() person: Row, @Ctx() context: HubContext): Promise<string | null> {
    return (await identityOf(person, context))?.number ?? (person.idMasked as string | null);
  }
}

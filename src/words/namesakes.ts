/**
 * Different people of one name, told apart by their accounts.
 */

/** The same person: one key in several accounts, or several ids in one account. */
interface Person {
  readonly keys: Set<string>;
  readonly accounts: Set<string>;
}

/** Whoever bears a name: an identity, or the people behind calls. */
interface Named {
  readonly key: string;
  readonly name: string;
  readonly account?: string | undefined;
}

/** Names, with the accounts where several people share one. */
export function namesakes(all: Iterable<Named>): (named: Named) => string {
  const people = new Map<string, Person[]>();
  const personOf = ({ key, name, account = "" }: Named) =>
    people.get(name)?.find(({ keys, accounts }) => keys.has(key) || accounts.has(account));
  for (const named of all) {
    const { key, name, account = "" } = named;
    const person = personOf(named) ?? { keys: new Set(), accounts: new Set() };
    if (person.keys.size === 0) people.set(name, [...(people.get(name) ?? []), person]);
    person.keys.add(key);
    person.accounts.add(account);
  }
  return (named) => {
    const { name } = named;
    const isShared = (people.get(name)?.length ?? 0) > 1;
    const accounts = [...(personOf(named)?.accounts ?? [])].filter((account) => account !== "");
    return isShared && accounts.length > 0
      ? `${name} of account ${accounts.sort().join(", ")}`
      : name;
  };
}

/**
 * What kind of place a call came from, as far as its source address tells.
 *
 * An address on its way through a VPC endpoint is one of the network behind the endpoint, public as it
 * may look: a VPC can use any range. Only what is `public` is somewhere on the internet. Ranges kept
 * for documentation count as public, since examples use them for such.
 */

import { contains, parseAddress, parseRange } from "./address.ts";

export const addressClasses = [
  "public",
  "private",
  "reserved",
  "vpc-endpoint",
  "aws-service",
  "aws-internal",
  "invalid",
] as const;
type AddressClass = (typeof addressClasses)[number];

/** From the values of the two sources of the field `addressClass`, in their order. */
export function addressClassOf(
  sourceIPAddress: string | undefined,
  vpcEndpointId: string | undefined,
): AddressClass | undefined {
  if (sourceIPAddress === undefined) return undefined;
  const address = parseAddress(sourceIPAddress);
  if (address !== undefined) {
    if (vpcEndpointId !== undefined) return "vpc-endpoint";
    if (reserved.some((range) => contains(range, address))) return "reserved";
    return isUnrouted(address) ? "private" : "public";
  }
  if (internal.test(sourceIPAddress)) return "aws-internal";
  return serviceHost.test(sourceIPAddress) ? "aws-service" : "invalid";
}

/** Whether no router of the internet passes it on. */
export function isUnrouted(address: Uint8Array): boolean {
  return unrouted.some((range) => contains(range, address));
}

const internal = /^AWS[ -]Internal(?:\/\d+)?$/i;
/** In the partitions of everybody, of China and of the closed regions. */
const serviceHost =
  /^(?:[\w-]+\.)+(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|aws\.amazon\.com|(?:c2s\.ic|sc2s\.sgov|csp\.hci\.ic)\.gov|cloud\.adc-e\.uk)$/i;

/** Nobody has these: unspecified, and kept for what never came. */
const reserved = ["0.0.0.0/8", "240.0.0.0/4", "::/128"].flatMap((block) => parseRange(block) ?? []);

const unrouted = [
  ...["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"],
  // Shared by the customers of a carrier; AWS uses it inside, too.
  "100.64.0.0/10",
  // Loopback, link-local, "this network", protocol assignments, benchmarks, multicast, reserved.
  ...["127.0.0.0/8", "169.254.0.0/16", "0.0.0.0/8", "192.0.0.0/24", "198.18.0.0/15"],
  ...["224.0.0.0/4", "240.0.0.0/4"],
  // The same in IPv6: unspecified, loopback, unique local, link-local, site-local, discard, multicast.
  ...["::/128", "::1/128", "fc00::/7", "fe80::/10", "fec0::/10", "100::/64", "ff00::/8"],
].flatMap((block) => parseRange(block) ?? []);

/**
 * The members that a CloudTrail record may have: the first key of any path into it.
 */

export const recordKeys: readonly string[] = [
  ...["eventVersion", "userIdentity", "eventTime", "eventSource", "eventName", "awsRegion"],
  ...["sourceIPAddress", "userAgent", "errorCode", "errorMessage", "requestParameters"],
  ...["responseElements", "additionalEventData", "requestID", "eventID", "eventType"],
  ...["apiVersion", "managementEvent", "readOnly", "resources", "recipientAccountId"],
  ...["serviceEventDetails", "sharedEventID", "vpcEndpointId", "vpcEndpointAccountId"],
  ...["eventCategory", "addendum", "sessionCredentialFromConsole", "edgeDeviceDetails"],
  ...["tlsDetails", "eventContext", "annotation", "insightDetails"],
];

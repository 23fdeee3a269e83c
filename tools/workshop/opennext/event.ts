import type { IncomingMessage } from 'node:http';

/** What a Lambda function returns for an event of API Gateway, version 2.0 of the payload format. */
export interface Result {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** The function's own address, which CloudFront sends as `Host`. */
const FUNCTION_HOST = 'abc123.lambda-url.us-west-2.on.aws';

/**
 * Turns a request into an event
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html), as it arrives
 * behind CloudFront: the visitor's host is in `X-Forwarded-Host`, where SST's CloudFront function writes it.
 *
 * @param request as it arrived
 * @param body of it
 */
export function toEvent(request: IncomingMessage, body: Buffer) {
  const { method = 'GET', url = '/', headers: given } = request;
  const { cookie, host = '', connection: _, ...others } = given;
  const headers = Object.fromEntries(
    Object.entries(others).map(([name, value]) => [name, String(value)]),
  );
  const [path = '/', ...query] = url.split('?');
  const http = { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: '' };
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query.join('?'),
    ...(cookie === undefined ? {} : { cookies: cookie.split('; ') }),
    headers: {
      ...headers,
      host: FUNCTION_HOST,
      'x-forwarded-host': host,
      'x-forwarded-proto': 'https',
    },
    requestContext: { http, stage: '$default', domainName: FUNCTION_HOST },
    body: body.toString('base64'),
    isBase64Encoded: true,
  };
}

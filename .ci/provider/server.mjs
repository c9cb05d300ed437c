// An OpenID provider by other hands, so that the flows are not only tested
// against our own reading of the specifications.
//
// The first line of standard input is a JSON configuration (see Config in
// flows/internal/npmprovider). When the provider listens it prints one line,
// {"issuer": ...}. It ends when standard input closes, so no test leaves one
// behind, however that test ended.
import { createServer } from 'node:http';
import { generateKeyPairSync } from 'node:crypto';
import { createInterface } from 'node:readline';

import { Provider, errors } from 'oidc-provider';

// Only errors are worth a line: the notices are about defaults that are meant.
console.info = () => {};
console.warn = () => {};

const lines = createInterface({ input: process.stdin });
lines.on('close', () => process.exit(0));
const config = JSON.parse(await new Promise((resolve) => lines.once('line', resolve)));

const keys = [
  ['RS256', 'rsa', { modulusLength: 2048 }],
  ['PS256', 'rsa', { modulusLength: 2048 }],
  ['ES256', 'ec', { namedCurve: 'P-256' }],
  ['ES384', 'ec', { namedCurve: 'P-384' }],
  ['ES512', 'ec', { namedCurve: 'P-521' }],
  ['EdDSA', 'ed25519', {}],
].map(([alg, type, options]) => ({
  ...generateKeyPairSync(type, options).privateKey.export({ format: 'jwk' }),
  use: 'sig',
  alg,
  kid: `test-${alg}`,
}));

const findAccount = (ctx, sub) => {
  const account = config.accounts.find((a) => a.claims.sub === sub);
  return account && { accountId: sub, claims: async () => account.claims };
};

const resourceServer = (ctx, resource) => {
  const scope = config.resources[resource];
  if (scope === undefined) throw new errors.InvalidTarget();
  return {
    scope, audience: resource, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES384' } },
  };
};

const escape = (text) => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

const page = (title, body) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escape(title)}</title></head>
<body><h1>${escape(title)}</h1>${body}</body></html>`;

// The port is part of the issuer, so it is taken before the provider is made.
const server = createServer();
await new Promise((resolve) => server.listen(config.port, config.host, resolve));
const origin = `http://${config.host}:${server.address().port}`;

const provider = new Provider(origin + config.path, {
  clients: config.clients,
  jwks: { keys },
  cookies: { keys: ['only for tests'] },
  findAccount,
  claims: {
    openid: ['sub'],
    email: ['email', 'email_verified'],
    profile: ['name', 'given_name', 'family_name', 'preferred_username', 'locale', 'picture', 'updated_at', 'zoneinfo'],
  },
  scopes: ['openid', 'offline_access', 'profile', 'email'],
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  pkce: { required: (ctx, client) => !config.optionalPKCE || client.clientAuthMethod === 'none' },
  rotateRefreshToken: !config.keepRefreshToken,
  clockTolerance: 0,
  enabledJWA: {
    idTokenSigningAlgValues: ['HS256', ...keys.map((key) => key.alg)],
  },
  ttl: {
    AccessToken: 3600,
    AuthorizationCode: 60,
    Grant: 86400,
    IdToken: 3600,
    Interaction: 3600,
    RefreshToken: 86400,
    Session: 86400,
    ...config.ttl,
  },
  features: {
    devInteractions: { enabled: false },
    introspection: { enabled: true },
    revocation: { enabled: true },
    userinfo: { enabled: true },
    resourceIndicators: { enabled: true, getResourceServerInfo: resourceServer },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource(ctx, form) {
        ctx.body = page('Sign out', `${form}
<button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>
<button type="submit" form="op.logoutForm">Stay signed in</button>`);
      },
      postLogoutSuccessSource(ctx) {
        ctx.body = page('Signed out', '');
      },
    },
  },
  renderError(ctx, out) {
    ctx.type = 'html';
    ctx.body = page('The provider refuses', Object.entries(out)
      .map(([key, value]) => `<p><b>${escape(key)}</b>: ${escape(value)}</p>`).join(''));
  },
});

provider.on('server_error', (ctx, error) => console.error(error));

const answer = (res, status, html) => {
  res.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  res.end(html);
};

const loginPage = (params, wrong) => page('Sign in', `
${wrong ? '<p role="alert">Unknown user name or wrong password.</p>' : ''}
<form method="post">
<label>User name <input name="username" value="${escape(params.login_hint ?? '')}" autocomplete="username"></label>
<label>Password <input name="password" type="password" autocomplete="current-password"></label>
<button name="action" value="login">Sign in</button>
<button name="action" value="cancel" formnovalidate>Cancel</button>
</form>`);

const consentPage = (params) => page('Allow access', `
<p>${escape(params.client_id)} asks for: ${escape(params.scope ?? '')}</p>
<form method="post">
<button name="action" value="consent">Allow</button>
<button name="action" value="cancel">Refuse</button>
</form>`);

async function readForm(req) {
  let body = '';
  for await (const chunk of req) body += chunk;
  return new URLSearchParams(body);
}

async function grantAll({ grantId, session, params, prompt: { details } }) {
  const grant = grantId
    ? await provider.Grant.find(grantId)
    : new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  if (details.missingOIDCScope) grant.addOIDCScope(details.missingOIDCScope.join(' '));
  if (details.missingOIDCClaims) grant.addOIDCClaims(details.missingOIDCClaims);
  for (const [resource, scopes] of Object.entries(details.missingResourceScopes ?? {})) {
    grant.addResourceScope(resource, scopes.join(' '));
  }
  return grant.save();
}

async function interact(req, res) {
  const details = await provider.interactionDetails(req, res);
  const { prompt: { name: prompt }, params } = details;
  const draw = (wrong) => answer(res, 200, prompt === 'login' ? loginPage(params, wrong) : consentPage(params));
  if (req.method !== 'POST') return draw(false);

  const form = await readForm(req);
  const finish = (result, merge = true) => provider.interactionFinished(req, res, result, { mergeWithLastSubmission: merge });
  switch (form.get('action')) {
    case 'login': {
      const account = config.accounts.find((a) => a.username === form.get('username') && a.password === form.get('password'));
      return account ? finish({ login: { accountId: account.claims.sub, amr: ['pwd'] } }, false) : draw(true);
    }
    case 'consent':
      return finish({ consent: { grantId: await grantAll(details) } });
    default:
      return finish({ error: 'access_denied', error_description: 'the user refused' }, false);
  }
}

const serve = provider.callback();
server.on('request', (req, res) => {
  // A provider behind a path gets requests without it, as behind a proxy.
  const url = req.url;
  if (url.startsWith('/interaction/')) {
    interact(req, res).catch((error) => answer(res, 400, page('The interaction is over', escape(error.message))));
    return;
  }
  if (config.path && url.startsWith(config.path)) {
    req.originalUrl = url;
    req.url = url.slice(config.path.length) || '/';
  }
  serve(req, res);
});

console.log(JSON.stringify({ issuer: provider.issuer }));

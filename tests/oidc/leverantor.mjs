// Issuers for the tests: oidc-provider, where whoever logs in says who to be. Each prints its address on a line of its own.
// The page of legitimation takes amne, personnummer, acr and fel (what the issuer shall do wrong); see leverantor.py.
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { SignJWT, UnsecuredJWT, decodeJwt, exportJWK, generateKeyPair } from "jose";
import Provider from "oidc-provider";

const KLIENT = { client_id: "sus", client_secret: "hemligheten-i-testerna" };
const OMFANG = "https://id.oidc.se/scope/naturalPersonNumber";
const PERSONNUMMER = "https://id.oidc.se/claim/personalIdentityNumber";
const NIVAER = [1, 2, 3, 4].map((niva) => `http://id.elegnamnden.se/loa/1.0/loa${niva}`);
const ANTAL = 2;

const nyckelpar = () => generateKeyPair("RS256", { extractable: true });

/** The ID token once more, with one thing wrong (or, for i_intyget, moved). */
async function forvansk(intyg, person, egen, frammande) {
  const uppgifter = decodeJwt(intyg);
  const nu = Math.floor(Date.now() / 1000);
  const andrat = {
    utgivare: { iss: "http://127.0.0.1:1" },
    mottagare: { aud: "nagon-annan" },
    ombud: { aud: ["sus", "nagon-annan"], azp: "nagon-annan" },
    nonce: { nonce: "en-annan-nonce" },
    utan_nonce: { nonce: undefined },
    gammal: { iat: nu - 7200, exp: nu - 3600 },
    utan_legitimering: { auth_time: undefined },
    igar: { auth_time: nu - 86400 },
    nyss: { auth_time: nu - 7200 },
    utan_acr: { acr: undefined },
    i_intyget: { [PERSONNUMMER]: person.personnummer },
    langt_amne: { sub: "x".repeat(256), [PERSONNUMMER]: person.personnummer },
  }[person.fel];
  const nya = { ...uppgifter, ...andrat };
  if (person.fel === "osignerad") return new UnsecuredJWT(nya).encode();
  if (person.fel === "hmac")
    return new SignJWT(nya).setProtectedHeader({ alg: "HS256", kid: "nyckel" }).sign(new TextEncoder().encode(KLIENT.client_secret));
  const { privateKey } = person.fel === "signatur" ? frammande : egen;
  return new SignJWT(nya).setProtectedHeader({ alg: "RS256", kid: "nyckel" }).sign(privateKey);
}

async function utgivare() {
  const [egen, frammande] = [await nyckelpar(), await nyckelpar()];
  const personer = new Map(); // amne → what was said at the latest legitimation
  const server = createServer();
  await new Promise((klar) => server.listen(0, "127.0.0.1", klar));
  const adress = `http://127.0.0.1:${server.address().port}`;

  const provider = new Provider(adress, {
    clients: [{ ...KLIENT, redirect_uris: ["http://localhost/logga-in/e-legitimation/svar/"] }],
    jwks: { keys: [{ ...(await exportJWK(egen.privateKey)), alg: "RS256", use: "sig", kid: "nyckel" }] },
    cookies: { keys: ["nyckel-i-testerna"] },
    scopes: ["openid"],
    claims: { openid: ["sub"], [OMFANG]: [PERSONNUMMER] },
    acrValues: NIVAER,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (ctx, fraga) => `/legitimera/${fraga.uid}` },
    findAccount: (ctx, amne) => ({
      accountId: amne,
      claims: () => ({ sub: amne, [PERSONNUMMER]: personer.get(amne)?.personnummer || undefined }),
    }),
    async loadExistingGrant(ctx) {
      const grant = new provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope(`openid ${OMFANG}`);
      await grant.save();
      return grant;
    },
  });
  // The tests' servers listen on ports that are not known beforehand.
  provider.Client.prototype.redirectUriAllowed = (uri) => /^http:\/\/(localhost:\d+|testserver)\/logga-in\/e-legitimation\/svar\/$/.test(uri);
  provider.use(async (ctx, next) => {
    await next();
    const person = ctx.body?.id_token && personer.get(decodeJwt(ctx.body.id_token).sub);
    if (person?.fel) ctx.body = { ...ctx.body, id_token: await forvansk(ctx.body.id_token, person, egen, frammande) };
    if (ctx.path === "/me" && personer.get(ctx.body?.sub)?.fel === "userinfo") ctx.body = { ...ctx.body, sub: "nagon-annan" };
  });

  const svara = provider.callback();
  server.on("request", async (req, res) => {
    const { pathname, searchParams } = new URL(req.url, adress);
    if (!pathname.startsWith("/legitimera/")) return svara(req, res);
    if (!searchParams.has("amne")) return res.setHeader("Content-Type", "text/html; charset=utf-8").end(sidan(pathname));
    const { amne, acr, ...person } = Object.fromEntries(searchParams);
    if (amne === "") return provider.interactionFinished(req, res, { error: "access_denied" });
    personer.set(amne, person);
    return provider.interactionFinished(req, res, { login: { accountId: amne, acr: acr || NIVAER[2] } }, { mergeWithLastSubmission: false });
  });
  return adress;
}

const sidan = (vag) => `<!doctype html><html lang="sv"><link rel="icon" href="data:,"><title>Legitimera dig</title><form action="${vag}">
  ${["amne", "personnummer", "acr", "fel"].map((falt) => `<label>${falt} <input name="${falt}"></label>`).join("\n  ")}
  <button>Legitimera</button></form></html>`;

for (let nr = 0; nr < ANTAL; nr += 1) console.log(await utgivare());
createInterface({ input: process.stdin }).on("close", () => process.exit()); // the tests have ended, however they did

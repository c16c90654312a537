// The web app's files, and its index.html for every address that is a page of it.
import { join, sep } from 'node:path';
import express, { type RequestHandler, type Router } from 'express';

/** Ends of names that are files: a missing one is a 404 and never a page. Keys such as `mail.example` are no files. */
const FILE_ENDS = /\.(?:js|mjs|css|map|json|html|txt|xml|ico|png|svg|jpe?g|webp|woff2?|webmanifest|wasm|php|env)$/i;
const YEAR_MS = 31_536_000_000;

/** `folder` is Vite's output: names in assets/ carry a hash of their content and so never change. */
export function staticWeb(folder: string): Router {
  const router = express.Router();
  const assets = join(folder, 'assets') + sep;
  router.use(
    express.static(folder, {
      index: false,
      redirect: false,
      setHeaders: (response, path) => {
        const isHashed = path.startsWith(assets);
        response.setHeader('Cache-Control', isHashed ? `public, max-age=${YEAR_MS / 1000}, immutable` : 'no-cache');
      },
    }),
  );
  router.use(pageFallback(folder));
  return router;
}

function pageFallback(folder: string): RequestHandler {
  return (request, response, next) => {
    const isNavigation = (request.method === 'GET' || request.method === 'HEAD') && (request.headers.accept ?? '').includes('text/html');
    if (!isNavigation || FILE_ENDS.test(request.path) || request.path.startsWith('/graphql')) {
      next();
      return;
    }
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile('index.html', { root: folder }, (error?: Error) => {
      if (error !== undefined && error !== null) next(error);
    });
  };
}

import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startMode } from './mode.ts';
import { queryClient, router } from './router.tsx';
import { startLanguage } from './text/language.ts';

// Otherwise zod tries once whether it may compile checks to code, which the pages' policy refuses and reports.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

startMode();
await startLanguage();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);

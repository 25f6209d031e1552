// npm run package: not there yet, and says so rather than making something half right.
process.stderr.write('Packaging is not built yet: see issue 8.\n');
process.exitCode = 1;

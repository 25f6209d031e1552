// The MSI by msitools: per machine, for administrators who install by policy.
import { createHash } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { must } from '../../setup/registry-package.mjs';
import { requireSystemPackages } from '../../setup/system-packages.mjs';
import { appId, product, productName } from '../targets.mjs';

/** @param {string} text @returns {string} a GUID that is the same for the same text */
export function guid(text) {
  const hex = createHash('sha256').update(`${appId}/${text}`).digest('hex').toUpperCase();
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

/** @param {string} text */
function xml(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** @param {string} path @returns {string} an identifier of at most 72 characters, as MSI allows */
function id(path) {
  return `i${createHash('sha256').update(path).digest('hex').slice(0, 24)}`;
}

/**
 * @param {string} folder @param {string} source its path as wixl shall read it: relative, it takes no other
 * @param {string} inside path within the installation
 * @returns {Promise<{xml: string, components: string[]}>}
 */
async function directory(folder, source, inside) {
  let text = '';
  const components = [];
  for (const entry of (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = `${inside}/${entry.name}`;
    if (entry.isDirectory()) {
      const below = await directory(join(folder, entry.name), `${source}/${entry.name}`, path);
      text += `<Directory Id="${id(path)}" Name="${xml(entry.name)}">${below.xml}</Directory>\n`;
      components.push(...below.components);
      continue;
    }
    const component = id(`component ${path}`);
    components.push(component);
    text += `<Component Id="${component}" Guid="${guid(path)}" Win64="yes"><File Id="${id(path)}" Name="${xml(entry.name)}" Source="${xml(`${source}/${entry.name}`)}" KeyPath="yes"/></Component>\n`;
  }
  return { xml: text, components };
}

/** @param {{unpacked: string, icons: string, output: string}} parts */
export async function makeMsi({ unpacked, icons, output }) {
  await requireSystemPackages(['msi']);
  const files = await directory(unpacked, basename(unpacked), '');
  const script = join(dirname(unpacked), 'hinspector.wxs');
  const association = `
      <Component Id="association" Guid="${guid('association')}" Win64="yes">
        <RegistryValue Root="HKLM" Key="Software\\Classes\\.hinspect" Type="string" Value="Hinspector.Session" KeyPath="yes"/>
        <RegistryValue Root="HKLM" Key="Software\\Classes\\Hinspector.Session" Type="string" Value="Hinspector session"/>
        <RegistryValue Root="HKLM" Key="Software\\Classes\\Hinspector.Session\\shell\\open\\command" Type="string" Value="&quot;[INSTALLDIR]${productName}.exe&quot; &quot;%1&quot;"/>
      </Component>`;
  const shortcut = `
      <Component Id="shortcut" Guid="${guid('shortcut')}" Win64="yes">
        <Shortcut Id="startmenu" Name="${productName}" Target="[INSTALLDIR]${productName}.exe" WorkingDirectory="INSTALLDIR"/>
        <RegistryValue Root="HKLM" Key="Software\\${productName}" Name="installed" Type="integer" Value="1" KeyPath="yes"/>
      </Component>`;
  await writeFile(
    script,
    `<?xml version="1.0" encoding="utf-8"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
  <Product Id="${guid(`product ${product.version}`)}" Name="${productName}" Language="1033" Version="${product.version}" Manufacturer="${xml(product.author)}" UpgradeCode="${guid('upgrade')}">
    <Package InstallerVersion="405" Compressed="yes" InstallScope="perMachine" Platform="x64" Description="${xml(product.description)}" Manufacturer="${xml(product.author)}"/>
    <MajorUpgrade DowngradeErrorMessage="A newer version of ${productName} is installed already."/>
    <Media Id="1" Cabinet="files.cab" EmbedCab="yes"/>
    <Icon Id="icon.ico" SourceFile="${xml(join('..', basename(icons), 'icon.ico'))}"/>
    <Property Id="ARPPRODUCTICON" Value="icon.ico"/>
    <Directory Id="TARGETDIR" Name="SourceDir">
      <Directory Id="ProgramFiles64Folder"><Directory Id="INSTALLDIR" Name="${productName}">
${files.xml}${association}
      </Directory></Directory>
      <Directory Id="ProgramMenuFolder">${shortcut}
      </Directory>
    </Directory>
    <Feature Id="all" Title="${productName}" Level="1">
      ${[...files.components, 'association', 'shortcut'].map((component) => `<ComponentRef Id="${component}"/>`).join('\n      ')}
    </Feature>
  </Product>
</Wix>
`,
  );
  // wixl reads sources relative to the folder it is started in, and nothing else.
  await must('wixl', ['--arch', 'x64', '--output', output, basename(script)], { cwd: dirname(script) });
}

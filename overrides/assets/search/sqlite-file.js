// A database in parts as a file that SQLite reads. SQLite waits for no network: what has not arrived is a read error, and
// the part's number is noted; when it is here the question is asked again.

const FILE_SYSTEM = "sokehoach"

// `file`: {parts: [bytes], part: bytes of one, missing: number of the part that was asked for and is not here, or -1}.
// Gives the open database.
function openFile(sqlite3, file) {
  const { capi, wasm } = sqlite3
  const size = BigInt(file.parts.length) * BigInt(file.part)
  const io = new capi.sqlite3_io_methods()
  const vfs = new capi.sqlite3_vfs()
  const usual = new capi.sqlite3_vfs(capi.sqlite3_vfs_find(null))
  vfs.$iVersion = 1
  vfs.$szOsFile = capi.sqlite3_file.structInfo.sizeof
  vfs.$mxPathname = 512
  for (const name of ["$xRandomness", "$xSleep", "$xCurrentTime"]) vfs[name] = usual[name]
  usual.dispose()
  io.$iVersion = 1
  const answer = (place, value, kind) => (wasm.poke(place, value, kind), 0)
  // Each its own function: one that stood twice would get one signature.
  sqlite3.vfs.installVfs({
    io: {
      struct: io,
      methods: {
        xRead: (_, into, count, from) => read(file, wasm, into, count, Number(from)) ? 0 : capi.SQLITE_IOERR_READ,
        xFileSize: (_, place) => answer(place, size, "i64"),
        xCheckReservedLock: (_, place) => answer(place, 0, "i32"),
        xDeviceCharacteristics: () => capi.SQLITE_IOCAP_IMMUTABLE,
        xSectorSize: () => file.part,
        xFileControl: () => capi.SQLITE_NOTFOUND,
        xWrite: () => capi.SQLITE_READONLY,
        xTruncate: () => capi.SQLITE_READONLY,
        xSync: () => 0,
        xLock: () => 0,
        xUnlock: () => 0,
        xClose: () => 0,
      },
    },
    vfs: {
      struct: vfs,
      name: FILE_SYSTEM,
      methods: {
        xOpen(_, name, handle, flags, flagsOut) {
          const opened = new capi.sqlite3_file(handle)
          opened.$pMethods = io.pointer
          opened.dispose()
          return flagsOut ? answer(flagsOut, flags, "i32") : 0
        },
        xFullPathname: (_, name, most, into) => (wasm.cstrncpy(into, name, most) < most ? 0 : capi.SQLITE_CANTOPEN),
        xAccess: (_, name, flags, place) => answer(place, 0, "i32"),
        xDelete: () => capi.SQLITE_READONLY,
        xGetLastError: () => 0,
      },
    },
  })
  return new sqlite3.oo1.DB({ filename: "file:index?immutable=1", flags: "r", vfs: FILE_SYSTEM })
}

// Whether all that was asked for is here; a read lies within one part, which is a page, or at the head of the first.
function read(file, wasm, into, count, from) {
  const number = Math.floor(from / file.part)
  const part = file.parts[number]
  if (!part) {
    file.missing = number
    return false
  }
  const start = from - number * file.part
  wasm.heap8u().set(part.subarray(start, start + count), into)
  return true
}

export { openFile }

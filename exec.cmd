@rem For cmd.exe, which has no exec: the scripts in package.json begin with it, so that no shell stands between
@rem npm and the program. A POSIX shell there would die of Ctrl+C first, and npm would say 130 while we still stop.
@%*

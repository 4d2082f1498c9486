# What pre-receive and post-receive share; read by them, not run.
#
#   git config sokehoach.home    a folder that the hooks may write to (default: sokehoach, inside the repository)
#   git config sokehoach.site    where the finished site goes (default: site, inside that folder)
#   git config sokehoach.branch  the branch that is checked and published (default: main)
#
# The checked-out tree and its .venv stay between pushes, so that only the first one waits for the installation.
# Who may push runs the Makefile that is pushed: give that right to whom you would give an account on the server.
set -euo pipefail

repository=$(cd "$(git rev-parse --git-dir)" && pwd)
home=$(git config --get sokehoach.home || echo "$repository/sokehoach")
site=$(git config --get sokehoach.site || echo "$home/site")
branch=refs/heads/$(git config --get sokehoach.branch || echo main)
tree=$home/tree

# One push at a time; the lock goes with the process.
mkdir -p "$tree"
exec 9>"$home/lock"
flock 9

# Lays the files of a commit into $tree. The .venv and the caches of the build stay.
check_out() {
  find "$tree" -mindepth 1 -maxdepth 1 ! -name .venv ! -name .cache -exec rm -rf {} +
  git archive "$1" | tar -x -C "$tree"
}

# A command in $tree, without the variables by which git tells a hook where it is.
there() (
  unset $(git rev-parse --local-env-vars)
  cd "$tree"
  "$@"
)

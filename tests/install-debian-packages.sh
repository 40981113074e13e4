#!/bin/sh
# Debian packages that the tests use and pip cannot bring; what is there already is left alone.
set -u

wanted='chromium libreoffice-writer libreoffice-calc libreoffice-impress
fonts-noto-cjk fonts-droid-fallback poppler-utils poppler-data postgresql'

if ! command -v dpkg-query >/dev/null 2>&1 || ! command -v apt-get >/dev/null 2>&1; then
    echo '本机不是 Debian 系列，需要浏览器、LibreOffice、poppler、PostgreSQL 的测试会跳过。' >&2
    exit 0
fi

missing=''
for package in $wanted; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -ne 0 ]; then
    echo "缺少以下软件包，相关测试会跳过；请管理员执行：apt-get install$missing" >&2
    exit 0
fi

export DEBIAN_FRONTEND=noninteractive
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT

install() {
    # $missing is a list of words on purpose.
    # shellcheck disable=SC2086
    apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 $missing \
        </dev/null >"$log" 2>&1
}

# The package lists may be absent or stale: fetch them only when installing fails without.
if ! install; then
    if ! apt-get update -qq </dev/null >"$log" 2>&1 || ! install; then
        cat "$log" >&2
        echo "以下软件包没有装上，相关测试会跳过或失败：$missing" >&2
    fi
fi
exit 0

// The facets, as addresses, the store and the worker name them, in the order in which they are shown.

const FACET_NAMES = [
  "nam",
  "thang",
  "ke-hoach",
  "don-vi",
  "cap",
  "nhiem-vu",
  "chi-tieu",
  "chuong-trinh",
  "kinh-phi",
  "tinh-trang",
]

export { FACET_NAMES }

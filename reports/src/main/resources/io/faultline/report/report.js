(function () {
  "use strict";
  var filter = document.getElementById("filter");
  var shown = document.getElementById("shown");
  var rows = Array.from(document.querySelectorAll("#events tbody tr"));
  var texts = rows.map(function (row) { return row.textContent.toLowerCase(); });
  filter.addEventListener("input", function () {
    var words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    var count = 0;
    rows.forEach(function (row, i) {
      var hit = words.every(function (word) { return texts[i].includes(word); });
      row.hidden = !hit;
      count += hit ? 1 : 0;
    });
    shown.textContent = count + " of " + rows.length + " events";
  });
  var copy = document.getElementById("copy");
  copy.addEventListener("click", function () {
    navigator.clipboard.writeText(document.getElementById("command").textContent).then(function () {
      copy.textContent = "Copied";
      setTimeout(function () { copy.textContent = "Copy"; }, 1500);
    });
  });
})();

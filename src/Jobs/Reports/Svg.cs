using System.Net;
using System.Text;

namespace Orchestrator.Jobs.Reports;

/// <summary>Writes the few shapes that plots need; colours are classes, so that the page decides for dark and light.</summary>
sealed class Svg(double width, double height, string label)
{
    readonly StringBuilder _shapes = new();

    public void Line(double x1, double y1, double x2, double y2, string style) =>
        _shapes.Append($"<line class=\"{style}\" x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\"/>");

    public void Bar(double x, double y, double length, double thickness, string style, string title) =>
        _shapes.Append(
            $"<rect class=\"{style}\" x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{Math.Max(0, length):0.#}\" height=\"{thickness:0.#}\">")
            .Append($"{Title(title)}</rect>");

    public void Dot(double x, double y, string style, string title) =>
        _shapes.Append($"<circle class=\"{style}\" cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"4.5\">{Title(title)}</circle>");

    /// <param name="anchor">start, middle or end.</param>
    public void Text(double x, double y, string text, string anchor = "start", string style = "label") =>
        _shapes.Append($"<text class=\"{style}\" x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\">{WebUtility.HtmlEncode(text)}</text>");

    public override string ToString() =>
        $"<svg viewBox=\"0 0 {width:0.#} {height:0.#}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(label)}\">{_shapes}</svg>";

    static string Title(string title) => $"<title>{WebUtility.HtmlEncode(title)}</title>";
}

using System.Globalization;
using System.Net.Http.Headers;

namespace Orchestrator.Client.Chat;

/// <summary>The route as a reply's headers tell it.</summary>
static class RouteReading
{
    /// <summary>In milliseconds; more is of no service, and could be more than a time span holds.</summary>
    const double LongestWait = 1e12;

    public static RouteDetails Of(HttpResponseHeaders headers) => new()
    {
        Policy = Text(headers, "x-orchestrator-policy"),
        Expert = Text(headers, "x-orchestrator-expert"),
        Confidence = Number(headers, "x-orchestrator-confidence"),
        Coverage = Text(headers, "x-orchestrator-coverage"),
        Distance = Number(headers, "x-orchestrator-distance"),
        Waited = Number(headers, "x-orchestrator-wait-ms") is { } waited && waited >= 0 && waited < LongestWait ? TimeSpan.FromMilliseconds(waited) : null,
        Variant = Text(headers, "x-orchestrator-variant"),
        Asked = Text(headers, "x-orchestrator-asked")?.Split(',') ?? [],
        RequestId = Text(headers, "x-request-id"),
    };

    static string? Text(HttpResponseHeaders headers, string name)
    {
        if (!headers.NonValidated.TryGetValues(name, out var values)) return null;
        foreach (var value in values) return value;
        return null;
    }

    static double? Number(HttpResponseHeaders headers, string name) =>
        double.TryParse(Text(headers, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}

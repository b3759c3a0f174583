using System.Globalization;
using Orchestrator.Router.Routing;

namespace Orchestrator.Host.OpenAi;

/// <summary>What a caller wants less of, as text: <c>size=0.2, cost=0.3</c>, and licences separated by commas.</summary>
static class WishesText
{
    /// <summary>As the options of the strategy allow.</summary>
    const double Most = 100;

    const int MostLicences = 16;

    public const string Allowed = "size, latency, cost and recency, each once, as in size=0.2, with a number from 0 to 100";

    /// <returns>What is wrong with the text; null when it was read.</returns>
    public static string? ReadWeights(string text, ref RouteWishes wishes)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in Split(text))
        {
            var (name, value) = part.Split('=', StringSplitOptions.TrimEntries) is [var left, var right] ? (left, right) : (part, "");
            if (!double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight)
                || weight is not (>= 0 and <= Most))
                return $"'{ApiError.Shown(part)}' is no weight";
            if (!seen.Add(name)) return $"'{name}' is given twice";
            RouteWishes? read = name switch
            {
                "size" => wishes with { Size = weight },
                "latency" => wishes with { Latency = weight },
                "cost" => wishes with { Cost = weight },
                "recency" => wishes with { Recency = weight },
                _ => null,
            };
            if (read is null) return $"'{ApiError.Shown(name)}' is nothing that can be weighed";
            wishes = read;
        }

        return null;
    }

    /// <returns>What is wrong with the text; null when it was read.</returns>
    public static string? ReadLicences(string text, ref RouteWishes wishes)
    {
        var licences = Split(text);
        if (licences.Length > MostLicences) return $"{licences.Length} licences given, at most {MostLicences} are allowed";
        if (licences.Length > 0) wishes = wishes with { Licences = licences };
        return null;
    }

    static string[] Split(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

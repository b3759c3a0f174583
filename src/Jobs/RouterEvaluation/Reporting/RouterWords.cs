using System.Globalization;

namespace Orchestrator.Jobs.RouterEvaluation.Reporting;

/// <summary>How reports on routers write numbers.</summary>
static class RouterWords
{
    public static string Time(TimeSpan time) => time.TotalSeconds >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.000} ms");

    /// <summary>Three digits that count, because units differ.</summary>
    public static string Cost(double cost) => cost.ToString("G3", CultureInfo.InvariantCulture);
}

using System.Globalization;
using Orchestrator.Jobs.Evaluation.Statistics;

namespace Orchestrator.Jobs.RouterEvaluation.Reporting;

/// <summary>How reports on routers write numbers: routers differ by hundredths of a percent.</summary>
static class RouterWords
{
    public static string Percent(double share) => (100 * share).ToString("0.00", CultureInfo.InvariantCulture);

    public static string Percent(Estimate estimate) =>
        $"{Percent(estimate.Value)} [{Percent(estimate.Range.Low)}, {Percent(estimate.Range.High)}]";

    /// <summary>A difference in percentage points.</summary>
    public static string Points(Estimate estimate) =>
        $"{Signed(estimate.Value)} [{Signed(estimate.Range.Low)}, {Signed(estimate.Range.High)}]";

    public static string Time(TimeSpan time) => time.TotalSeconds >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.000} ms");

    /// <summary>Three digits that count, because units differ.</summary>
    public static string Cost(double cost) => cost.ToString("G3", CultureInfo.InvariantCulture);

    static string Signed(double share) => (100 * share).ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);
}

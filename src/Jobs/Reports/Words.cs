using Orchestrator.Jobs.Evaluation.Results;
using Orchestrator.Jobs.Evaluation.Statistics;

namespace Orchestrator.Jobs.Reports;

/// <summary>How reports write numbers and names.</summary>
static class Words
{
    public const string None = "–";

    /// <summary>What could be measured in principle, and was not.</summary>
    public const string Unknown = "unknown";

    public static string Percent(double share) => $"{100 * share:F1}";

    /// <summary>In percent, with the interval.</summary>
    public static string Percent(Estimate estimate) =>
        $"{Percent(estimate.Value)} [{Percent(estimate.Range.Low)}, {Percent(estimate.Range.High)}]";

    /// <summary>A difference in percentage points.</summary>
    public static string Points(Estimate estimate) =>
        $"{Signed(estimate.Value)} [{Signed(estimate.Range.Low)}, {Signed(estimate.Range.High)}]";

    /// <summary>The same without an interval.</summary>
    public static string Points(double difference) => Signed(difference);

    public static string Mebibytes(long bytes) => $"{bytes / 1048576.0:F1} MiB";

    public static string Time(TimeSpan time) => time.TotalMinutes < 1 ? $"{time.TotalSeconds:F1} s"
        : time.TotalHours < 1 ? $"{time:m\\:ss} min" : $"{(int)time.TotalHours}:{time:mm\\:ss} h";

    /// <summary>With three digits and a power of thousand.</summary>
    public static string Large(double count)
    {
        string[] powers = ["", " k", " M", " G", " T", " P"];
        int power = count < 1000 ? 0 : Math.Min(powers.Length - 1, (int)Math.Log(count, 1000));
        double scaled = count / Math.Pow(1000, power);
        return $"{scaled.ToString(scaled < 10 ? "F2" : scaled < 100 ? "F1" : "F0")}{powers[power]}";
    }

    public static string Column(string column, EvalFacts facts) => column switch
    {
        Columns.BestSingle => $"best single ({facts.BestSingle?.Expert})",
        Columns.Random => "random expert",
        Columns.Generalist => $"generalist ({facts.Generalist})",
        Columns.Oracle => "oracle",
        Columns.Vote => "majority vote",
        _ when facts.Policies.Any(policy => column == Columns.AtCalls(policy.Name)) => "+ self-consistency (calls)",
        _ when facts.Policies.Any(policy => column == Columns.AtTokens(policy.Name)) => "+ self-consistency (tokens)",
        _ when facts.Policies.Any(policy => column == Columns.AtFlops(policy.Name)) => "+ self-consistency (FLOPs)",
        _ when facts.Policies.Any(policy => column == Columns.AtWallTime(policy.Name)) => "+ self-consistency (wall time)",
        _ => column,
    };

    static string Signed(double share) => (100 * share).ToString("+0.0;-0.0;0.0");
}

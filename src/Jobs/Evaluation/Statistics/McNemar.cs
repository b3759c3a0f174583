using System.Runtime.InteropServices;

namespace Orchestrator.Jobs.Evaluation.Statistics;

/// <summary>On how many questions two ways of answering agree, and where they do not, which one is right.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct McNemar(int Both, int OnlyA, int OnlyB, int Neither)
{
    /// <summary>Right is a score of at least one half; only expected values lie between 0 and 1.</summary>
    public static McNemar Of(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        int[] counts = new int[4];
        for (int i = 0; i < a.Count; i++)
            counts[(a[i] >= 0.5 ? 0 : 2) + (b[i] >= 0.5 ? 0 : 1)]++;
        return new McNemar(counts[0], counts[1], counts[2], counts[3]);
    }

    /// <summary>
    /// The exact two-sided p: the chance that fair coins part the questions on which they differ at least as unevenly.
    /// </summary>
    public double P
    {
        get
        {
            int n = OnlyA + OnlyB, fewer = Math.Min(OnlyA, OnlyB);
            // In logarithms, because 2^-n is 0 beyond a thousand questions.
            double term = -n * Math.Log(2), sum = Math.Exp(term);
            for (int k = 1; k <= fewer; k++)
            {
                term += Math.Log((n - k + 1) / (double)k);
                sum += Math.Exp(term);
            }
            return Math.Min(1, 2 * sum);
        }
    }
}

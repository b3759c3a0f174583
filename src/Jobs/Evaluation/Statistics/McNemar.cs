using System.Runtime.InteropServices;

namespace Orchestrator.Jobs.Evaluation.Statistics;

/// <summary>On how many questions two ways of answering agree, and where they do not, which one is right.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct McNemar(int Both, int OnlyA, int OnlyB, int Neither)
{
    /// <summary>Whether a score is an expected value or a mean, which is neither right nor wrong: the test has no place for it.</summary>
    public static bool IsBetween(double score) => score is not (0 or 1);

    /// <param name="a">1 or 0, one a question.</param>
    /// <param name="b">The same, for the same questions.</param>
    /// <exception cref="ArgumentException">A score is neither.</exception>
    public static McNemar Of(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        if (a.Concat(b).Any(IsBetween))
            throw new ArgumentException("McNemar's test counts right and wrong; a score is neither 0 nor 1.", nameof(a));
        int[] counts = new int[4];
        for (int i = 0; i < a.Count; i++)
            counts[(a[i] == 1 ? 0 : 2) + (b[i] == 1 ? 0 : 1)]++;
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

namespace Orchestrator.Router.Composition;

/// <summary>Choices for the first few categories: what they gain, what they cost, and the way back.</summary>
sealed class PartialSum(double gain, double price, int expert, PartialSum? before)
{
    public double Gain => gain;

    public double Price => price;

    int Expert => expert;

    PartialSum? Before => before;

    public static PartialSum Nothing { get; } = new(0, 0, -1, null);

    public int[] Experts()
    {
        var experts = new Stack<int>();
        for (PartialSum at = this; at.Before is { } before; at = before)
            experts.Push(at.Expert);
        return [.. experts];
    }

    /// <summary>Keeps what no other sum beats in gain and price, cheapest first.</summary>
    /// <param name="sums">In any order.</param>
    /// <param name="most">Sums kept at most, about.</param>
    /// <param name="slack">Grows by what a sum that was left out can gain more than a kept one that is no dearer.</param>
    public static List<PartialSum> Front(IEnumerable<PartialSum> sums, int most, ref double slack)
    {
        List<PartialSum> front = [];
        foreach (PartialSum sum in sums.OrderBy(sum => sum.Price).ThenByDescending(sum => sum.Gain))
            if (front.Count == 0 || sum.Gain > front[^1].Gain)
                front.Add(sum);
        if (front.Count <= most)
            return front;
        double grain = (front[^1].Gain - front[0].Gain) / most;
        slack += grain;
        List<PartialSum> thin = [front[0]];
        foreach (PartialSum sum in front)
            if (sum.Gain >= thin[^1].Gain + grain)
                thin.Add(sum);
        if (thin[^1] != front[^1])
            thin.Add(front[^1]);
        return thin;
    }
}

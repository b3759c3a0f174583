namespace Orchestrator.Host.StructuredOutput;

/// <summary>What the ways to write a value hold, through all references.</summary>
/// <param name="lists">The rules within each array that it may be.</param>
/// <param name="objects">The rules within each object.</param>
/// <param name="differ">Whether the objects are told apart by their first property.</param>
sealed class Nesting(int[][] lists, int[][] objects, bool differ)
{
    /// <summary>Shapes that all rules together come down to, and their beginnings.</summary>
    const int MostReached = 50_000;

    /// <exception cref="OpenAi.ApiException">A rule refers to itself alone, or alternatives are shared too widely.</exception>
    public static Nesting[] Of(IReadOnlyList<SchemaRule> rules)
    {
        var left = MostReached;
        IReadOnlyList<Shape>[] reached = [.. Enumerable.Range(0, rules.Count).Select(rule => Reached(rules, rule, ref left))];
        var nestings = new Nesting[rules.Count];
        for (var rule = 0; rule < nestings.Length; rule++)
        {
            Shape[] objects = [.. reached[rule].Where(shape => shape is MapShape or ObjectShape)];
            nestings[rule] = new Nesting(
                [.. reached[rule].OfType<ListShape>().Select(Within)], [.. objects.Select(Within)], Openings.Differ(objects, reached, ref left));
        }

        return nestings;
    }

    /// <param name="known">Of all rules, as far as they are known.</param>
    public int Readings(int[] known)
    {
        return Math.Max(lists.Sum(Of), differ ? objects.Select(Of).DefaultIfEmpty().Max() : objects.Sum(Of));

        int Of(int[] within) => within.Select(rule => known[rule]).DefaultIfEmpty(1).Max();
    }

    static int[] Within(Shape shape) => shape switch
    {
        ListShape list => [list.Item],
        MapShape map => [map.Value],
        ObjectShape known => [.. known.Properties.Select(property => property.Value).Distinct()],
        _ => [],
    };

    static List<Shape> Reached(IReadOnlyList<SchemaRule> rules, int from, ref int left)
    {
        var seen = new HashSet<int>();
        var open = new Stack<int>([from]);
        var shapes = new List<Shape>();
        while (open.TryPop(out var rule))
            foreach (var shape in rules[rule].Shapes)
            {
                if (--left < 0) throw SchemaGrammar.Refused("its alternatives refer to each other too often.");
                if (shape is not ReferenceShape { Rule: var next }) shapes.Add(shape);
                else if (next == from) throw SchemaGrammar.Refused($"{OpenAi.ApiError.Shown(rules[from].Pointer)}: it refers to itself and describes nothing.");
                else if (seen.Add(next)) open.Push(next);
            }

        return shapes;
    }
}

using System.Collections.Concurrent;
using System.Numerics.Tensors;
using Orchestrator.Router.Embedding;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing;

namespace Orchestrator.Router.Strategies;

/// <summary>The outcome table made ready for questions: every profiled question embedded, every expert's mean known.</summary>
sealed class Profile
{
    readonly Dictionary<string, int> _columns;
    readonly ConcurrentDictionary<object, IRoutingStrategy> _fitted = new();
    readonly Lazy<float[][]> _cosines;
    readonly Lazy<VectorIndex> _index;

    public Profile(OutcomeTable table, QuestionSpace space)
        : this(table, space, [.. table.Rows.Select(row => space.Place(row.Question))], null)
    {
    }

    Profile(OutcomeTable table, QuestionSpace space, QuestionPlace[] places, Func<float[][]>? cosines)
    {
        (Table, Space, Places) = (table, space, places);
        _cosines = new(cosines ?? (() => [.. places.Select(place => CosinesWith(place.Vector))]));
        _index = new(() => VectorIndex.Of(space.Embedder.Dimensions, places.Select(place => place.Vector)));
        _columns = table.Experts.Select((expert, column) => (expert, column))
            .ToDictionary(pair => pair.expert, pair => pair.column, StringComparer.Ordinal);
        Scores = [.. table.Rows.Select(row => row.Outcomes.Select(outcome => outcome?.Score ?? double.NaN).ToArray())];
        double[][] known = [.. table.Experts.Select((_, column) => Scores.Select(row => row[column]).Where(double.IsFinite).ToArray())];
        Answered = [.. known.Select(column => column.Length)];
        Means = [.. known.Select(column => column.Length > 0 ? column.Average() : double.NaN)];
    }

    public OutcomeTable Table { get; }

    public QuestionSpace Space { get; }

    /// <summary>Where each profiled question lies, in the order of the table.</summary>
    public IReadOnlyList<QuestionPlace> Places { get; }

    /// <summary>For each question and column the score; not a number where it was not asked.</summary>
    public double[][] Scores { get; }

    public VectorIndex Index => _index.Value;

    public int Count => Places.Count;

    /// <summary>Cosine of every profiled question with every other, 1 with itself; made on first use (n² numbers).</summary>
    public float[][] Cosines => _cosines.Value;

    /// <summary>For each column, how many questions it has outcomes for.</summary>
    public IReadOnlyList<int> Answered { get; }

    /// <summary>Mean score of each column over the questions it has outcomes for; not a number where it has none.</summary>
    public IReadOnlyList<double> Means { get; }

    /// <summary>Whether anything is known of the expert.</summary>
    public bool Knows(string expert) => _columns.TryGetValue(expert, out int column) && Answered[column] > 0;

    public int ColumnOf(string expert) => _columns[expert];

    /// <returns>The cosine with each profiled question, in their order.</returns>
    public float[] CosinesWith(float[] vector) => [.. Places.Select(place => TensorPrimitives.Dot<float>(place.Vector, vector))];

    /// <summary>The question as strategies see it.</summary>
    public ProfiledQuestion Features(RouteQuestion question) =>
        new(question.Text, question.Vector is { } vector ? Space.Place(question.Text, vector) : Space.Place(question.Text), this)
        {
            Skills = question.Skills,
            Tagged = question.Tagged,
        };

    public ProfiledQuestion Features(string question) => Features(new RouteQuestion(question));

    /// <summary>A question of another part of the same table, as if it were new to this one.</summary>
    public ProfiledQuestion Features(Profile whole, int row) => new(whole.Table.Rows[row].Question, whole.Places[row], this);

    /// <summary>Some of the questions, in the same space.</summary>
    public Profile Part(IReadOnlyList<int> rows) => new(
        new OutcomeTable(Table.Source, Table.Experts, [.. rows.Select(row => Table.Rows[row])]),
        Space,
        [.. rows.Select(row => Places[row])],
        () => [.. rows.Select(row => rows.Select(other => Cosines[row][other]).ToArray())]);

    /// <summary>Policies with equal options share one strategy, which may take seconds to fit.</summary>
    /// <param name="options">A record of the strategy's own type.</param>
    public IRoutingStrategy Shared(object options, Func<IRoutingStrategy> fit) => _fitted.GetOrAdd(options, _ => fit());
}

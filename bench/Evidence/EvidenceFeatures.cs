namespace Orchestrator.Bench.Evidence;

/// <summary>Numbers by which the right expert might be found; the higher the better.</summary>
static class EvidenceFeatures
{
    public static readonly (string Name, Func<EvidenceRecord, string, double> Of)[] All =
    [
        ("prompt, sum a character", (record, question) => record.Prompt.Sum() / question.Length),
        ("prompt, mean a token", (record, _) => record.Prompt.Average()),
        ("prompt, least token", (record, _) => record.Prompt.Min()),
        ("prompt, mean of the last 5", (record, _) => record.Prompt.TakeLast(5).Average()),
        ("first token, log-probability", (record, _) => record.Answer[0][0]),
        ("first token, margin", (record, _) => record.Answer[0][1]),
        ("first token, certainty (−entropy)", (record, _) => -record.Answer[0][2]),
        ("first 4 tokens, least", (record, _) => record.Answer.Take(4).Min(token => token[0])),
        ("first 8 tokens, least", (record, _) => record.Answer.Take(8).Min(token => token[0])),
        ("first 16 tokens, least", (record, _) => record.Answer.Take(16).Min(token => token[0])),
        ("answer, mean", (record, _) => record.Answer.Average(token => token[0])),
        ("answer, least token", (record, _) => record.Answer.Min(token => token[0])),
        ("answer, highest entropy (negative)", (record, _) => -record.Answer.Max(token => token[2])),
    ];
}

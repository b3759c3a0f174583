using System.Text.Json;
using Orchestrator.Jobs.Batches;
using Orchestrator.Jobs.Running;

namespace Orchestrator.Host.OpenAi;

/// <summary>The lines of a batch's input file: each is checked as an online request would be.</summary>
static class BatchLines
{
    /// <summary>The one endpoint that batches may ask.</summary>
    public const string Endpoint = "/v1/chat/completions";

    internal static readonly HashSet<string> Known = ["custom_id", "method", "url", "body"];

    /// <param name="place">Knows which models there are when a line is read.</param>
    public static BatchFormat Format(Func<JobWorkplace> place) => new(
        line => Read(line, place()),
        (batch, answer) => BatchAnswers.Line(batch, answer, id => place().Pool.Snapshot().FirstOrDefault(known => known.Id == id)?.Facts?.Parameters),
        BatchAnswers.OpenLine);

    /// <exception cref="BatchLineException">The line cannot be run.</exception>
    public static JobItem Read(ReadOnlyMemory<byte> line, JobWorkplace place)
    {
        try
        {
            var json = StrictJson.Parse(line);
            if (json.ValueKind != JsonValueKind.Object)
                throw new BatchLineException("invalid_json_line", "The line is not a JSON object.");
            return Item(new JsonFields(json, ""), place);
        }
        catch (JsonException malformed)
        {
            throw new BatchLineException("invalid_json_line", $"The line is not valid JSON: {Cause(malformed)}");
        }
        catch (ApiException refused)
        {
            throw new BatchLineException(refused.Error.Code ?? "invalid_request", refused.Error.Message, refused.Error.Param);
        }
    }

    /// <summary>The reader counts the lines within a line, which is always the first; where in it is worth telling.</summary>
    static string Cause(JsonException malformed)
    {
        var at = malformed.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return at < 0 ? malformed.Message : $"{malformed.Message[..at]} (after {malformed.BytePositionInLine} bytes)";
    }

    static JobItem Item(JsonFields fields, JobWorkplace place)
    {
        fields.RejectUnknown(Known);
        var key = fields.RequiredString("custom_id");
        if (fields.RequiredString("method") != "POST")
            throw new BatchLineException("invalid_method", "The 'method' must be POST.", "method");
        if (fields.RequiredString("url") is var url && url != Endpoint)
            throw new BatchLineException("invalid_url", $"The 'url' is '{ApiError.Shown(url)}', but the batch asks {Endpoint}.", "url");
        if (fields.Find("body") is not { } body)
            throw new BatchLineException("missing_required_parameter", "Missing required parameter: 'body'.", "body");
        var request = Body(body);
        if (request.Stream)
            throw new BatchLineException("unsupported_parameter", "'stream' is not supported: answers of a batch are written to a file.", "body.stream");
        if (request.Tools is { } tools)
            throw new BatchLineException("unsupported_parameter", $"'{tools.Param}' is not supported: a batch has nobody who runs tools.", $"body.{tools.Param}");
        CheckModel(request.Model, place);
        return new JobItem { Key = key, Model = request.Model, Request = request.Generation };
    }

    static ChatRequest Body(JsonElement body)
    {
        try
        {
            return ChatRequestReader.Read(body);
        }
        catch (ApiException refused)
        {
            var param = refused.Error.Param is { } name ? $"body.{name}" : "body";
            throw new BatchLineException(refused.Error.Code ?? "invalid_request", refused.Error.Message, param);
        }
    }

    static void CheckModel(string model, JobWorkplace place)
    {
        string[] known = [.. place.Router.Policies, .. place.Pool.Snapshot().Select(expert => expert.Id)];
        if (!known.Contains(model))
            throw new BatchLineException("model_not_found", ApiError.ModelNotFound(model, known).Message, "body.model");
    }
}

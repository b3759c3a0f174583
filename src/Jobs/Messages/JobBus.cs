using System.Collections.Concurrent;
using System.Threading.Channels;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Jobs.Messages;

/// <summary>
/// Carries commands from the planner to workers and their reports back: within the process, or over RabbitMQ. Messages may be
/// lost with the process and may come twice; the store is the truth.
/// </summary>
sealed class JobBus : IAsyncDisposable
{
    static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);

    readonly ConcurrentDictionary<string, Channel<GroupAnswered>> _planners = new(StringComparer.Ordinal);
    readonly IBusControl _bus;
    readonly Uri _workers;

    JobBus(IBusControl bus, Uri workers) => (_bus, _workers) = (bus, workers);

    /// <param name="store">Identity of the store: services of other stores on the same broker have queues of their own.</param>
    /// <param name="rabbitmq">Null stays within the process.</param>
    /// <param name="answer">What a worker does with a command.</param>
    /// <param name="patience">How long the broker may take to answer.</param>
    /// <param name="window">Commands that a worker takes at once.</param>
    /// <exception cref="IOException">The broker cannot be reached.</exception>
    public static async Task<JobBus> StartAsync(
        string store, Uri? rabbitmq, int window, Func<AnswerGroup, CancellationToken, Task> answer, ILoggerFactory loggers,
        TimeSpan patience, CancellationToken cancellationToken)
    {
        LogContext.ConfigureCurrentLogContext(loggers);
        string workers = $"orchestrator-jobs-{store}";
        JobBus? made = null;
        void Worker(IReceiveEndpointConfigurator endpoint)
        {
            endpoint.PrefetchCount = window;
            endpoint.ConcurrentMessageLimit = window;
            endpoint.Consumer(() => new AnswerGroupConsumer(answer));
        }
        void Planner(IReceiveEndpointConfigurator endpoint) =>
            endpoint.Handler<GroupAnswered>(context => made!.TellAsync(context.Message));

        IBusControl bus = rabbitmq is null
            ? Bus.Factory.CreateUsingInMemory(configure =>
            {
                configure.ReceiveEndpoint(workers, Worker);
                configure.ReceiveEndpoint($"{workers}-done", Planner);
            })
            : Bus.Factory.CreateUsingRabbitMq(configure =>
            {
                configure.Host(rabbitmq);
                configure.ReceiveEndpoint(workers, Worker);
                // A report is of use only to the planner that waits for it now.
                configure.ReceiveEndpoint(new TemporaryEndpointDefinition(), endpointNameFormatter: null, Planner);
            });
        made = new JobBus(bus, new Uri($"queue:{workers}"));
        await made.StartAsync(rabbitmq, patience, cancellationToken);
        return made;
    }

    /// <summary>What workers report of one job, until that is disposed.</summary>
    public JobMail Open(string job)
    {
        var mail = Channel.CreateUnbounded<GroupAnswered>();
        _planners[job] = mail;
        return new JobMail(mail.Reader, () => _planners.TryRemove(KeyValuePair.Create(job, mail)));
    }

    public async Task SendAsync(AnswerGroup group, CancellationToken cancellationToken)
    {
        ISendEndpoint endpoint = await _bus.GetSendEndpoint(_workers);
        await endpoint.Send(group, cancellationToken);
    }

    public async ValueTask DisposeAsync() => await _bus.StopAsync(StopPatience);

    async Task StartAsync(Uri? rabbitmq, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            await _bus.StartAsync(limit.Token);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException(
                $"The message broker {rabbitmq?.Host}:{rabbitmq?.Port} (jobs.rabbitmq) cannot be reached: {failure.Message}", failure);
        }
    }

    /// <summary>Reports of a run that has ended, or of another process's, find nobody.</summary>
    Task TellAsync(GroupAnswered report)
    {
        if (_planners.TryGetValue(report.Job, out Channel<GroupAnswered>? mail)) mail.Writer.TryWrite(report);
        return Task.CompletedTask;
    }
}

/// <summary>The reports of one job's workers.</summary>
sealed class JobMail(ChannelReader<GroupAnswered> reports, Action close) : IDisposable
{
    public ValueTask<GroupAnswered> NextAsync(CancellationToken cancellationToken) => reports.ReadAsync(cancellationToken);

    public void Dispose() => close();
}
